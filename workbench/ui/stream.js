// Gradio's client reads answers from one stream and closes it when the server says "close_stream". If somebody
// asked for something else while that word was under way, the answer comes after the stream is closed and is never
// read: a click that does nothing. So the word is kept back, and the stream goes on, while an answer is owed.
(() => {
  const ask = window.fetch.bind(window);
  const owed = new Set(); // events that the server knows by name
  const settled = new Set(); // answered before their name was read here
  const asking = new Set(); // requests that have no name yet

  const named = async (request) => {
    const response = await ask(...request);
    const { event_id: event } = response.ok ? await response.clone().json() : {};
    if (event && !settled.delete(event)) owed.add(event);
    return response;
  };

  const join = (...request) => {
    const response = named(request).finally(() => asking.delete(response));
    asking.add(response);
    return response;
  };

  async function* messages(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (rest + value).split("\n\n");
      rest = parts.pop();
      yield* parts;
    }
  }

  const settle = (event) => owed.delete(event) || settled.add(event);

  async function* withoutEnd(first, again) {
    for (let response = first; ; response = await again()) {
      let end = null;
      for await (const message of messages(response.body)) {
        const said = JSON.parse(message.slice(message.indexOf(":") + 1));
        if (said.msg === "process_completed" && said.event_id) settle(said.event_id);
        if (said.msg === "close_stream") end = message;
        else yield message;
      }
      while (end && asking.size) await Promise.allSettled(asking);
      if (end && owed.size) continue;
      if (end) yield end;
      return;
    }
  }

  const stream = async (request) => {
    const again = () => ask(request.clone());
    const first = await again();
    if (!first.ok) return first;
    const coded = new TextEncoder();
    const all = withoutEnd(first, again);
    const body = new ReadableStream({
      async pull(to) {
        const { done, value } = await all.next();
        if (done) to.close();
        else to.enqueue(coded.encode(value + "\n\n"));
      },
    });
    return new Response(body, { status: first.status, headers: first.headers });
  };

  window.fetch = (input, options) => {
    const path = new URL(input.url ?? input, location.href).pathname;
    if (path.endsWith("/queue/join")) return join(input, options);
    if (path.endsWith("/queue/data")) return stream(new Request(input, options));
    return ask(input, options);
  };
})();
