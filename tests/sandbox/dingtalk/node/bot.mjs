// A bot of the official Node SDK: acknowledges and echoes each message. The SDK's two base addresses are constants, so
// axios, which it uses for both, is told to go to the sandbox instead.
import axios from 'axios';
import { DWClient, TOPIC_ROBOT } from 'dingtalk-stream';

const sandbox = process.env.SANDBOX_URL;
axios.defaults.proxy = false;
axios.interceptors.request.use((config) => {
  config.url = config.url.replace(/^https:\/\/(api|oapi)\.dingtalk\.com/, sandbox);
  return config;
});

const client = new DWClient({
  clientId: process.env.CLIENT_ID,
  clientSecret: process.env.CLIENT_SECRET,
});
client.registerCallbackListener(TOPIC_ROBOT, async (frame) => {
  const message = JSON.parse(frame.data);
  client.socketCallBackResponse(frame.headers.messageId, null);
  const token = await client.getAccessToken();
  const content = `echo: ${message.text.content.trim()}`;
  await axios.post(
    message.sessionWebhook,
    { msgtype: 'text', text: { content }, at: { atUserIds: [message.senderStaffId], isAtAll: false } },
    { headers: { 'x-acs-dingtalk-access-token': token } },
  );
});
client.connect();
