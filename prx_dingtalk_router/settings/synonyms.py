"""Keys by the names that people try first: in Chinese, of DingTalk's console, of PRX's own configuration, of other programs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_WORDS = {
    "channels_config": "channels channel 渠道 频道",
    "channels_config.dingtalk": "钉钉 机器人 dingding bot robot",
    "channels_config.dingtalk.client_id": "appkey app_key appid clientkey suitekey 应用标识 应用id 客户端id",
    "channels_config.dingtalk.client_secret": "appsecret app_secret secret suitesecret 应用密钥 密钥 客户端密钥",
    "channels_config.dingtalk.allowed_users": "whitelist allowlist allow_from allow users allowed_staff 白名单 允许的用户 允许用户 可用人员 用户",
    "dingtalk.api_base": "base_url api_url endpoint api 接口地址",
    "dingtalk.robot_name": "robotname botname 机器人名称 机器人名字 昵称",
    "dingtalk.proxy": "http_proxy https_proxy 代理",
    "dingtalk.ca_file": "ca ca_bundle cafile certificate cert ssl_cert 证书",
    "dingtalk.replies_per_minute": "rate_limit ratelimit 每分钟回复数 限流",
    "rules": "rule 规则 ruleset",
    "rules.path": "file files dir folder directory rules 路径 文件 文件夹 目录 规则文件",
    "rules.timezone": "tz zone time_zone 时区",
    "rules.calendar": "holidays country workdays 日历 节假日 国家",
    "rules.reload": "watch hot_reload autoreload 热加载 重载 自动加载",
    "rules.tests": "test 测试 run_tests",
    "agents": "agent 智能体 助手 assistants",
    "agents.*.url": "base_url endpoint address host gateway gateway_url server uri 地址 网址 网关",
    "agents.*.token": "bearer bearer_token auth_token api_key apikey access_token pairing_token paired_token 令牌 口令",
    "agents.*.signing_secret": "secret webhook_secret hmac_secret 签名密钥 密钥",
    "agents.*.webhook_token": "x-webhook-token webhook_secret_token",
    "agents.*.agent_id": "id name 标识",
    "agents.*.in_flight": "concurrency max_concurrent parallel workers max_in_flight 并发 并发数",
    "agents.*.waiting": "queue queue_size max_queue max_waiting 排队 队列",
    "agents.*.timeout": "timeout_secs timeout_seconds request_timeout 超时",
    "agents.*.idempotency_ttl": "idempotency_ttl_secs ttl",
    "agents.*.notice": "waiting_message please_wait 提示 等待提示",
    "agents.*.retry_safe": "idempotent retry retries 可重试",
    "journal": "database db store storage 台账 数据库",
    "journal.url": "path file database db dsn 地址 路径 文件",
    "journal.retention": "ttl keep retain keep_for days 保留 保留时间",
    "admin": "gateway http server management 管理 监控",
    "admin.listen": "host port bind address addr 监听 端口 地址",
    "admin.token": "password auth bearer 令牌 密码",
    "log": "logging logs logger 日志",
    "log.level": "verbosity loglevel log_level 级别 日志级别",
    "log.format": "json style log_format 格式 日志格式",
    "validate": "lint check 检查",
    "validate.ignore": "disable exclude skip ignored 忽略",
}
_CHANNEL = ("channels_config", "dingtalk")
"""The one table of two names, which people look for at the top."""
_IGNORED = re.compile(r"[-_\s]")


def _folded(word: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", word).casefold())


_MEANT = [(tuple(key.split(".")), frozenset(map(_folded, words.split()))) for key, words in _WORDS.items()]


def key_meant(path: Sequence[str | int]) -> tuple[str, ...] | None:
    """Return the known key that people call by the last part of ``path``, in the table where that is; else ``None``."""
    parent, word = tuple(map(str, path[:-1])), _folded(str(path[-1]))
    for key, words in _MEANT:
        if word not in words:
            continue
        if len(key) == len(path) and _is_under(parent, key):
            return (*parent, key[-1])
        if not parent and key == _CHANNEL:
            return key
    return None


def _is_under(parent: tuple[str, ...], key: tuple[str, ...]) -> bool:
    return all(part in ("*", given) for part, given in zip(key, parent, strict=False))
