"""Real peers on loopback: an HTTP server, a TLS server with its own authority, and a CONNECT proxy."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

OPENSSL = shutil.which("openssl") or "openssl"


@dataclass
class Authority:
    """A private certificate authority with one server certificate for ``gateway.test``."""

    ca_file: Path
    server_context: ssl.SSLContext


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Certificates made by openssl for this run."""
    folder = tmp_path_factory.mktemp("tls")

    def openssl(*arguments: str) -> None:
        subprocess.run([OPENSSL, *arguments], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl(
        *(
            "req",
            "-x509",
            *key,
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
            "-days",
            "2",
            "-subj",
            "/CN=Test Authority",
        ),
        *("-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"),
    )
    openssl("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=gateway.test")
    (folder / "names").write_text(
        "subjectAltName=DNS:gateway.test,IP:127.0.0.1\nauthorityKeyIdentifier=keyid\n", encoding="ascii"
    )
    openssl(
        *("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"),
        *("-out", "server.pem", "-days", "2", "-extfile", "names"),
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return Authority(folder / "ca.pem", context)


@dataclass
class Peer:
    """An HTTP server that answers as its path says."""

    url: str = ""
    port: int = 0
    requests: list[str] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    release: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """``/big``, ``/endless``, ``/hang``, ``/drop``, ``/redirect``, ``/gzip``, ``/cookie``; anything else is ok."""
        self.requests.append(request.method + " " + request.raw_path)
        self.headers = request.headers
        self.asked.set()
        match request.path:
            case "/hang":
                await self.release.wait()
            case "/drop":
                await request.read()
                assert request.transport is not None
                request.transport.abort()
            case "/redirect":
                return web.Response(status=302, headers={"location": self.url + "/elsewhere"})
            case "/big":
                return web.Response(body=b"x" * int(request.query["bytes"]))
            case "/trickle":
                answer = web.StreamResponse()
                await answer.prepare(request)
                await answer.write(b"first")
                await self.release.wait()
                return answer
            case "/gzip":
                answer_packed = web.Response(body=b"y" * 100_000)
                answer_packed.enable_compression(web.ContentCoding.gzip)
                return answer_packed
            case "/cookie":
                answer_cookie = web.Response(text=request.headers.get("cookie", "none"))
                answer_cookie.set_cookie("a", "b")
                return answer_cookie
        return web.Response(text="ok")


async def _serve(peer: Peer, context: ssl.SSLContext | None = None) -> TestServer:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", peer.handle)
    server = TestServer(app, scheme="https" if context else "http")
    await server.start_server(ssl=context)
    peer.url = str(server.make_url("")).rstrip("/")
    peer.port = server.port or 0
    return server


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    """A plain HTTP server."""
    running = Peer()
    server = await _serve(running)
    yield running
    running.release.set()
    await server.close()


@pytest.fixture
async def tls_peer(authority: Authority) -> AsyncIterator[Peer]:
    """An https server whose certificate only ``authority`` vouches for."""
    running = Peer()
    server = await _serve(running, authority.server_context)
    yield running
    running.release.set()
    await server.close()


@dataclass
class Proxy:
    """A CONNECT proxy that leads every name to loopback, or refuses with a status."""

    url: str = ""
    targets: list[str] = field(default_factory=list)
    credentials: list[str] = field(default_factory=list)
    refuses: int | None = None

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One tunnel."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
        target = head.split()[1]
        self.targets.append(target)
        self.credentials += re.findall(r"(?im)^proxy-authorization: *(.*?)\r$", head)
        if self.refuses is not None:
            writer.write(f"HTTP/1.1 {self.refuses} No\r\ncontent-length: 0\r\n\r\n".encode())
            await writer.drain()
            writer.close()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", int(target.rpartition(":")[2]))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await asyncio.gather(_pipe(reader, far_writer), _pipe(far_reader, writer))


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()
    writer.close()


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    """A running CONNECT proxy."""
    running = Proxy()
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(running.handle(reader, writer))
        tasks.add(task)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    running.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield running
    server.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture(autouse=True)
def no_proxies_of_the_machine(monkeypatch: Any) -> None:
    """Tests decide about proxies themselves."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
