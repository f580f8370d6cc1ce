"""What stands for a value in usage and help, in Chinese; in English it is what the command line itself calls it."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import current_language

CHINESE = {
    "[OPTIONS]": "[选项]",
    "COMMAND": "命令",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "CHANNEL": "通道",
    "CODE": "代码",
    "CODES": "代码",
    "DIR": "文件夹",
    "FACTOR": "倍数",
    "FILE": "文件",
    "FILE.jsonl": "文件.jsonl",
    "HOST:PORT": "主机:端口",
    "ID-OR-NAME": "ID或名字",
    "MSG-ID": "消息ID",
    "NAME": "名称",
    "NAME=VALUE": "名称=值",
    "NICK": "昵称",
    "PATH": "路径",
    "PORT": "端口",
    "RULE": "规则",
    "SECRET": "密钥",
    "TEXT": "文字",
    "TEXT-OR-NAME": "文字或名称",
    "TIME": "时间",
    "TOPIC": "主题",
    "TYPE": "类型",
}


def placeholder(name: str) -> str:
    """Return a placeholder in the language of the process; one that is not listed stands as it is."""
    return CHINESE.get(name, name) if current_language() == "zh" else name
