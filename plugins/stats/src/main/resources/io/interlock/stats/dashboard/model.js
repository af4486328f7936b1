// From one overview to the next: rates, histories, and what to show. Pure; nothing here knows of the page.

/** How many points a sparkline has. */
export const HISTORY = 60;

/** What is known before the first overview. */
export const EMPTY = { overview: null, rates: new Map(), history: new Map() };

const add = (total, value) => (value === undefined ? total : (total ?? 0) + value);

/** Sums one figure over all load balancers; undefined if none tells. */
const sum = (loadBalancers, figure) =>
  Object.values(loadBalancers).reduce((total, one) => add(total, figure(one)), undefined);

const errorsOf = (traffic) =>
  [traffic.responses.server_errors, traffic.errors.connections, traffic.errors.responses].reduce(add, undefined);

/** The counters and the latency of a backend or a server. */
function figures(loadBalancers) {
  const requests = sum(loadBalancers, (one) => one.traffic.requests ?? one.traffic.sessions);
  const latencies = Object.values(loadBalancers)
    .map((one) => one.traffic.times.total)
    .filter((time) => time !== undefined);
  return {
    requests,
    errors: sum(loadBalancers, (one) => errorsOf(one.traffic)),
    latency: latencies.length === 0 ? undefined : Math.max(...latencies),
  };
}

/** Per second; a counter that became smaller began anew. */
function rate(before, now, seconds) {
  if (before === undefined || now === undefined || seconds <= 0) {
    return undefined;
  }
  return (now >= before ? now - before : now) / seconds;
}

function* entities(overview) {
  for (const backend of overview.backends) {
    yield ["b " + backend.name, figures(backend.load_balancers)];
    for (const server of backend.servers) {
      yield ["s " + backend.name + " " + server.name, figures(server.load_balancers)];
    }
  }
}

/** Takes a new overview in: what was EMPTY or came from here before, and what came from the server. */
export function next(model, overview) {
  const seconds = model.overview ? (Date.parse(overview.status.at) - Date.parse(model.overview.status.at)) / 1000 : 0;
  const rates = new Map();
  const history = new Map();
  for (const [key, now] of entities(overview)) {
    const before = model.rates.get(key)?.counters;
    const one = {
      counters: now,
      requests: rate(before?.requests, now.requests, seconds),
      errors: rate(before?.errors, now.errors, seconds),
      latency: now.latency,
    };
    rates.set(key, one);
    if (key.startsWith("b ")) {
      const past = model.history.get(key) ?? { requests: [], latency: [] };
      history.set(key, {
        requests: [...past.requests, one.requests ?? 0].slice(-HISTORY),
        latency: [...past.latency, one.latency ?? 0].slice(-HISTORY),
      });
    }
  }
  return { overview, rates, history };
}

/** What passed all backends, per second. */
export function totals(model) {
  let requests;
  let errors;
  let latency;
  for (const backend of model.overview.backends) {
    const one = model.rates.get("b " + backend.name);
    requests = add(requests, one?.requests);
    errors = add(errors, one?.errors);
    if (one?.requests > 0 && one.latency !== undefined) {
      latency = Math.max(latency ?? 0, one.latency);
    }
  }
  return { requests, errors, latency };
}

/** How a server is: the worst that a load balancer says, or what they were told. */
export function stateOf(server) {
  const worstFirst = ["down", "maintenance", "draining", "unknown", "up", "unchecked"];
  const said = Object.values(server.load_balancers).map((one) => one.state);
  return worstFirst.find((state) => said.includes(state)) ?? (server.state === "draining" ? "draining" : "unknown");
}

export const takesRequests = (server) => ["up", "unchecked"].includes(stateOf(server));

/** A row for each name and path, with the backend that it leads to; those with words of the search in them. */
export function rows(model, search) {
  const backends = new Map(model.overview.backends.map((backend) => [backend.name, backend]));
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return model.overview.routes
    .map((route) => {
      const backend = backends.get(route.backend) ?? { name: route.backend, load_balancers: {}, servers: [] };
      const text = [
        ...route.hosts,
        route.path,
        route.backend,
        ...backend.servers.flatMap((server) => [server.name, server.container ?? "", server.image ?? "", server.engine, server.id, server.address]),
      ];
      return { route, backend, text: text.join(" ").toLowerCase() };
    })
    .filter((row) => words.every((word) => row.text.includes(word)));
}

/** 1234 → "1.2 k". */
export function count(value) {
  if (value === undefined) {
    return "–";
  }
  if (value >= 1e6) {
    return (value / 1e6).toFixed(1) + " M";
  }
  if (value >= 1e4) {
    return (value / 1e3).toFixed(1) + " k";
  }
  return value >= 10 || Number.isInteger(value) ? Math.round(value).toString() : value.toFixed(1);
}

/** Milliseconds as people say them. */
export function millis(value) {
  if (value === undefined) {
    return "–";
  }
  return value < 1000 ? Math.round(value) + " ms" : (value / 1000).toFixed(1) + " s";
}

/** How long ago, in one unit. */
export function age(instant, now) {
  if (instant === undefined) {
    return "–";
  }
  const seconds = Math.max(0, (now - Date.parse(instant)) / 1000);
  const units = [[86400, "d"], [3600, "h"], [60, "min"]];
  const unit = units.find(([size]) => seconds >= size);
  return unit ? Math.floor(seconds / unit[0]) + " " + unit[1] : Math.floor(seconds) + " s";
}

/** The points of a sparkline of this size, for an SVG polyline. */
export function sparkline(values, width, height) {
  const top = Math.max(1e-9, ...values);
  const step = width / (HISTORY - 1);
  const from = width - step * (values.length - 1);
  return values
    .map((value, i) => (from + i * step).toFixed(1) + "," + (height - 1 - (value / top) * (height - 2)).toFixed(1))
    .join(" ");
}
