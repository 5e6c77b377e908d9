// Gradio's client reads all answers from one stream, which the server closes ("close_stream") whenever it owes
// nothing. A question that is asked while that word is under way loses its answer: a click that does nothing; and a
// stream that is opened for an answer that was read already stays open, with nothing to come. So the client is given
// one stream that never ends, and the server's are read here: one at a time, as long as an answer is owed.
(() => {
  const ask = window.fetch.bind(window);
  const owed = new Set(); // questions that the server knows by name and has not answered
  const settled = new Set(); // answered before their name was read here
  const coded = new TextEncoder();
  let client = null; // its request, and where its stream is written to
  let reading = false;

  async function join(...request) {
    const response = await ask(...request);
    const { event_id: event } = response.ok ? await response.clone().json() : {};
    if (event && !settled.delete(event)) owed.add(event);
    read();
    return response;
  }

  async function* messages(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (rest + value).split("\n\n");
      rest = parts.pop();
      for (const part of parts) yield JSON.parse(part.slice(part.indexOf(":") + 1));
    }
  }

  const tell = (reader, said) => reader === client && reader.to.enqueue(coded.encode(`data: ${JSON.stringify(said)}\n\n`));

  /** One stream of the server, until it closes it. */
  async function heard(reader) {
    const response = await ask(reader.request.clone());
    if (!response.ok) throw new Error(response.statusText);
    for await (const said of messages(response.body)) {
      if (said.msg === "close_stream") return;
      if (said.msg === "process_completed" && said.event_id) owed.delete(said.event_id) || settled.add(said.event_id);
      if (said.msg === "unexpected_error") owed.clear(); // the server has forgotten this page's questions
      tell(reader, said);
    }
    if (owed.size) throw new Error("the stream ended early");
  }

  async function read() {
    if (reading || !client) return;
    reading = true;
    while (owed.size && client) {
      const reader = client;
      try {
        await heard(reader);
      } catch (broken) {
        if (reader !== client || !owed.size) continue;
        owed.clear(); // the server drops what was asked on a stream that broke
        tell(reader, { msg: "broken_connection", message: String(broken.message) });
      }
    }
    reading = false;
  }

  function stream(request) {
    const mine = { request };
    const leave = () => client === mine && (client = null);
    const body = new ReadableStream({ start: (to) => (mine.to = to), cancel: leave });
    request.signal.addEventListener("abort", () => {
      if (client === mine) mine.to.error(request.signal.reason);
      leave();
    });
    client = mine;
    read();
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  }

  window.fetch = async (input, options) => {
    const path = new URL(input.url ?? input, location.href).pathname;
    if (path.endsWith("/queue/join")) return join(input, options);
    if (path.endsWith("/queue/data")) return stream(new Request(input, options));
    return ask(input, options);
  };
})();
