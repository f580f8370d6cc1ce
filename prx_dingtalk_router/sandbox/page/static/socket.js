// One WebSocket to the sandbox: messages in, requests out, reconnecting by itself.

/** Calls `onMessage` for what the server tells and `onState` with whether there is a connection. */
export class Socket {
  constructor(url, { onMessage, onState }) {
    this.url = url;
    this.onMessage = onMessage;
    this.onState = onState;
    this.asked = new Map();
    this.next = 1;
    this.delay = 300;
    this.#connect();
  }

  #connect() {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.addEventListener("open", () => {
      this.delay = 300;
      this.onState(true);
    });
    socket.addEventListener("message", (event) => this.#receive(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      for (const { reject } of this.asked.values()) reject(new Error("closed"));
      this.asked.clear();
      this.onState(false);
      setTimeout(() => this.#connect(), this.delay);
      this.delay = Math.min(this.delay * 2, 5000);
    });
  }

  #receive(message) {
    const waiting = this.asked.get(message.id);
    if (message.type === "done" && waiting) {
      this.asked.delete(message.id);
      waiting.resolve(message);
    } else if (message.type === "refused" && waiting) {
      this.asked.delete(message.id);
      waiting.reject(new Error(message.why));
    } else {
      this.onMessage(message);
    }
  }

  /** Asks the server for something; resolves when it is done, rejects with the reason when it is refused. */
  ask(request) {
    if (this.socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error("closed"));
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve, reject });
      this.socket.send(JSON.stringify({ ...request, id }));
    });
  }
}
