"""What people read about reloads: log lines, findings, refusals."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    "reload.failed-test": Entry(
        zh="测试“{title}”没有通过：{problems}", en="test “{title}” failed: {problems}"
    ),
    "reload.never-still": Entry(
        zh="文件一直在被改写，读不到完整的一版",
        en="the files are being written all the time; no version of them could be read whole",
    ),
    "reload.defect": Entry(
        zh="加载时程序出错，继续使用原来的规则；请报告这个问题",
        en="loading failed by a defect of this program; the rules in use stay. Please report it",
    ),
    "reload.too-long": Entry(
        zh="加载超过 {seconds} 秒，已放弃；继续使用原来的规则",
        en="loading took more than {seconds} s and was given up; the rules in use stay",
    ),
    "reload.helper-ended": Entry(
        zh="加载用的辅助进程意外结束（{why}），继续使用原来的规则；内存不足时会这样",
        en="the helper process that loads rules ended ({why}); the rules in use stay. This happens when memory runs out",
    ),
    "reload.no-earlier": Entry(
        zh="没有更早的、不同的规则可以退回", en="there is no earlier set with other rules to go back to"
    ),
    "reload.no-such-set": Entry(
        zh="历史里没有第 {number} 号规则；用 prx-router rollback --list 查看",
        en="there is no set {number} in the history; see prx-router rollback --list",
    ),
    "reload.set-gone": Entry(
        zh="第 {number} 号规则的文件已经不在了", en="the files of set {number} are gone"
    ),
    "reload.set-changed": Entry(
        zh="第 {number} 号规则的文件被改动过，不再是当时的内容",
        en="the files of set {number} were changed; they are not what was in use then",
    ),
    "reloaded": Entry(
        zh="规则已更新：{rules} 条（{before} → {fingerprint}，第 {number} 号），测试通过 {tests} 个，改变的配置：{changed}",
        en="rules in force: {rules} ({before} → {fingerprint}, set {number}), tests passed: {tests}, settings changed: {changed}",
    ),
    "reload-unchanged": Entry(
        zh="文件与正在使用的规则一致（{fingerprint}）", en="the files hold the rules in force ({fingerprint})"
    ),
    "reload-refused": Entry(
        zh="改动没有生效，继续使用原来的规则（{fingerprint}）：{first}（另有 {more} 处错误）",
        en="the change is refused, the rules in force stay ({fingerprint}): {first} (and {more} more errors)",
    ),
    "reload-warnings": Entry(
        zh="规则有警告：{first}（另有 {more} 处）", en="the rules have warnings: {first} (and {more} more)"
    ),
    "reload-defect": Entry(
        zh="加载规则时程序出错，继续使用原来的规则",
        en="loading rules failed by a defect; the rules in force stay",
    ),
    "reload-helper": Entry(
        zh="加载用的辅助进程：{problem}", en="the helper process that loads rules: {problem}"
    ),
    "needs-restart": Entry(
        zh="这些配置要重启后才生效，现在仍用原来的值：{keys}",
        en="these settings need a restart and keep their running value until then: {keys}",
    ),
    "set-not-kept": Entry(
        zh="这一版规则没能存到磁盘（{problem}）：重启时可能退不回它",
        en="this set could not be kept on disk ({problem}): a restart may not find it",
    ),
    "watch-failed": Entry(
        zh="文件监视不可用（{problem}），改为定时查看",
        en="the file system does not tell of changes ({problem}); looking at the files instead",
    ),
    "boot-last-good": Entry(
        zh="规则或配置有错，以上次可用的一版启动（第 {number} 号，{fingerprint}）：{first}（另有 {more} 处错误）",
        en="the rules or the configuration are broken; starting with the last good ones (set {number}, {fingerprint}): {first} (and {more} more errors)",
    ),
    "boot-last-configuration": Entry(
        zh="配置文件有错，以上次可用的配置启动：{first}（另有 {more} 处错误）；改好后自动生效",
        en="the configuration is broken; starting with the last good one: {first} (and {more} more errors); once it is mended, it "
        "takes effect by itself",
    ),
    "boot-held": Entry(
        zh="继续使用退回的第 {number} 号规则（{fingerprint}），直到文件再有改动",
        en="the set that was rolled back to stays in force (set {number}, {fingerprint}) until the files change",
    ),
    "boot-tests": Entry(
        zh="规则的测试没有通过，但没有更早的规则可用，照常启动：{first}",
        en="tests of the rules fail; there are no earlier rules to start with, so these run: {first}",
    ),
    "companion-failed": Entry(
        zh="后台任务 {task} 出错，其余照常", en="the task {task} failed; everything else goes on"
    ),
    "reload.words": Entry(zh="{words}", en="{words}"),
}
