"""Download codes are taken out of words that are JSON or hold some."""

from __future__ import annotations

import json

import pytest

from prx_dingtalk_router.message.download_codes import is_code_key, without_codes

CODE = {"text": "看", "downloadCode": "dcSECRET"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("重启 downloadCode 是什么", "重启 downloadCode 是什么"),
        (json.dumps({"text": "x"}), json.dumps({"text": "x"})),
        (json.dumps(CODE), json.dumps({"text": "看"}, ensure_ascii=False)),
        (json.dumps([CODE, 1]), json.dumps([{"text": "看"}, 1], ensure_ascii=False)),
        (json.dumps({"a": {"b": [{"downloadCode": {"c": "dcSECRET"}}]}}), json.dumps({"a": {"b": [{}]}})),
        (json.dumps({"a": json.dumps({"pictureDownloadCode": "dcSECRET"})}), json.dumps({"a": "{}"})),
        ('[{"\\u0064ownloadCode": "dcSECRET"}]', "[{}]"),
        ('看 {"downloadCode": "dcSECRET", "a": 1}', '看 {"downloadCode": "", "a": 1}'),
        ('{"downloadCode": "dcSECR', '{"downloadCode": ""'),
        ('{"downloadCode": 12345', '{"downloadCode": ""'),
        ('x {\\"downloadCode\\": \\"dcSECRET\\"}', 'x {\\"downloadCode\\": \\"\\"}'),
    ],
)
def test_only_the_codes_go(text: str, left: str) -> None:
    """Words about codes and JSON without any stay as they are."""
    assert without_codes(text) == left


@pytest.mark.parametrize(
    "name", ["downloadCode", "pictureDownloadCode", "download_code", "DownloadCode", "video-download-code"]
)
def test_a_field_of_a_code_is_known_by_its_name(name: str) -> None:
    """In every spelling that was seen or is near."""
    assert is_code_key(name)


@pytest.mark.parametrize("name", ["code", "robotCode", "downloadCodes are fun", "", 5, None])
def test_other_fields_hold_no_code(name: object) -> None:
    """Nothing else is taken out."""
    assert not is_code_key(name)
