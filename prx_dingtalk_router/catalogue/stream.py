"""What the Stream Mode core and the network below it report."""

from __future__ import annotations

from prx_dingtalk_router.catalogue.text import Entry

MESSAGES: dict[str, Entry] = {
    "url-unreadable": Entry(
        zh="地址无法识别，应写成 {secure}://主机/路径",
        en="the address cannot be read; write it as {secure}://host/path",
    ),
    "url-with-user": Entry(
        zh="地址里不能带用户名或密码",
        en="the address must not contain a user name or password",
    ),
    "url-insecure": Entry(
        zh="{host} 不是本机，必须用 {secure}://；{plain}:// 只允许用于本机回环地址",
        en="{host} is not this machine, so use {secure}://; {plain}:// is for loopback addresses only",
    ),
    "ca-file": Entry(
        zh="CA 证书文件 {path} 无法使用（{why}）；请确认文件存在、可读，且为 PEM 格式",
        en="the CA file {path} cannot be used ({why}); check that it exists, is readable and in PEM format",
    ),
    "proxy-unusable": Entry(
        zh="代理地址无法使用（协议 {scheme}）；请在 proxy 设置或环境变量里写成 http://主机:端口 或 https://主机:端口",
        en="the proxy cannot be used (scheme {scheme}); in the proxy setting or the environment write http://host:port or "
        "https://host:port",
    ),
    "credentials": Entry(
        zh="钉钉拒绝了 Client ID 或 Client Secret（{said}）；请到开放平台“凭证与基础信息”核对，注意不要多复制空格",
        en="DingTalk refused the Client ID or Client Secret ({said}); compare them with “Credentials” in the "
        "developer console, and mind copied spaces",
    ),
    "gave-up": Entry(
        zh="凭证被连续拒绝 {seconds} 秒，不再重试：{why}",
        en="the credentials were refused for {seconds} s, giving up: {why}",
    ),
    "setup": Entry(
        zh="钉钉没有接受注册（{said}）；请检查：应用已发布、机器人已启用且消息接收模式为 Stream、"
        "本机出口 IP 在白名单内、Client ID 与 Client Secret 正确",
        en="DingTalk did not accept the registration ({said}); check that the app is published, the robot is enabled and "
        "receives in Stream mode, this machine's public IP is on the allow-list, and Client ID and Secret are right",
    ),
    "quota": Entry(
        zh="钉钉限制了访问（{said}）；可能是调用额度用完、调用过快，或出口 IP 不在白名单，请到开放平台查看",
        en="DingTalk limits access ({said}); the quota may be used up, calls too fast, or the public IP not on the "
        "allow-list: see the developer console",
    ),
    "unavailable": Entry(
        zh="钉钉网关暂时不可用（{said}），会自动重试",
        en="the DingTalk gateway is unavailable at the moment ({said}); trying again by itself",
    ),
    "not-json": Entry(
        zh="收到的不是钉钉网关的应答（HTTP {status}，内容不是 JSON）；多半是中间的代理在应答，请检查 proxy 和 api_base",
        en="the answer is not from the DingTalk gateway (HTTP {status}, not JSON); most likely a proxy in between "
        "answered: check proxy and api_base",
    ),
    "no-ticket": Entry(
        zh="网关的应答里没有 endpoint 或 ticket；请检查 api_base 是否指向钉钉",
        en="the gateway's answer has no endpoint or ticket; check that api_base points to DingTalk",
    ),
    "endpoint": Entry(
        zh="网关给出的连接地址不能用：{why}",
        en="the gateway named an address that cannot be used: {why}",
    ),
    "unexpected-answer": Entry(
        zh="网关的应答无法理解（{said}）；请检查 api_base",
        en="the gateway's answer makes no sense ({said}); check api_base",
    ),
    "timeout": Entry(
        zh="注册请求超时，没有收到钉钉网关的应答；请检查网络、DNS 和代理",
        en="the DingTalk gateway did not answer in time; check network, DNS and proxy",
    ),
    "unreachable": Entry(
        zh="连不上钉钉网关（{why}）；请检查网络、DNS、代理和证书",
        en="the DingTalk gateway cannot be reached ({why}); check network, DNS, proxy and certificates",
    ),
    "handshake": Entry(
        zh="WebSocket 没有连上（{why}），会重新注册；若一直如此，请检查代理是否放行 wss",
        en="the WebSocket did not open ({why}), registering again; if it stays so, check that the proxy lets wss pass",
    ),
    "frame-not-utf-8": Entry(zh="不是 UTF-8 编码", en="not UTF-8"),
    "frame-not-json": Entry(zh="不是 JSON", en="not JSON"),
    "frame-not-an-object": Entry(zh="不是 JSON 对象", en="not a JSON object"),
    "frame-no-type": Entry(zh="缺少 type", en="no type"),
    "frame-no-headers": Entry(zh="缺少 headers", en="no headers"),
    "frame-data": Entry(zh="data 不是 JSON 对象", en="data is not a JSON object"),
    "bad-frame": Entry(
        zh="收到一个无法识别的数据帧（连接 {connection}，{bytes} 字节）：{reason}{more}",
        en="a frame cannot be read (connection {connection}, {bytes} bytes): {reason}{more}",
    ),
    "unknown-topic": Entry(
        zh="收到没有订阅的主题 {topic}（{type}，连接 {connection}），已答复不支持；同一连接上之后的不再提示",
        en="a topic came that nobody asked for, {topic} ({type}, connection {connection}); it is answered as not supported, "
        "and so are more of this connection, silently",
    ),
    "unknown-type": Entry(
        zh="收到未知类型 {type} 的数据帧（主题 {topic}，连接 {connection}），已答复不支持；同一连接上之后的不再提示",
        en="a frame of an unknown type came, {type} (topic {topic}, connection {connection}); it is answered as not "
        "supported, and so are more of this connection, silently",
    ),
    "no-room": Entry(
        zh="积压的推送太多，连接 {connection} 上新来的暂不确认（钉钉可能会再次投递）；请检查消息台账（journal）所在的磁盘和本机负载{more}",
        en="too many callbacks wait: more of connection {connection} get no answer for now (DingTalk may deliver them again); "
        "check the disk of the journal and the load of this machine{more}",
    ),
    "reading-failed": Entry(
        zh="内部错误：读取连接 {connection} 上的一个数据帧时出错，跳过{more}",
        en="internal error: reading a frame of connection {connection} failed; it is passed over{more}",
    ),
    "connection-failed": Entry(
        zh="内部错误：连接 {connection} 出错，改用新的连接",
        en="internal error: connection {connection} failed; another one is fetched",
    ),
    "withheld": Entry(
        zh="（此前还有 {count} 次没有记录）", en=" (and {count} times before that were not logged)"
    ),
    "impossible-signal": Entry(
        zh="内部错误：连接处于 {state} 状态时不应出现 {signal}",
        en="internal error: {signal} cannot happen to a connection that is {state}",
    ),
    "second-consumer": Entry(
        zh="同一个 Stream 客户端只能有一个消费者",
        en="a Stream client has one consumer at a time",
    ),
    "used-up": Entry(
        zh="这个 Stream 客户端已经停止，请新建一个",
        en="this Stream client was stopped; make a new one",
    ),
}
