import { request } from "node:http";

export function sendMail(to: string, subject: string, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request("http://mail.internal/send", { method: "POST" }, () => resolve());
    call.on("error", reject);
    call.end(JSON.stringify({ to, subject, text }));
  });
}
