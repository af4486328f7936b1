// The page: what model.js says, drawn with Preact, which escapes every text. Nothing that a container says becomes markup.
import { h, render, Component, Fragment } from "/preact.js";
import * as model from "/model.js";

const SHOWN_AT_FIRST = 100;
const VIEWS = [
  ["routes", "Routes"],
  ["problems", "Problems"],
  ["owners", "Owners"],
  ["timeline", "Timeline"],
  ["engines", "Engines"],
  ["plugins", "Plugins"],
];

const words = (text) => text.replaceAll("_", " ");
const time = (instant) => new Date(instant).toLocaleTimeString();
const badge = (kind, text) => h("span", { class: "badge " + kind }, text);
const cell = (text, kind) => h("td", { class: kind }, text);
const number = (text) => cell(text, "number");

const NUMERIC = new Set(["Requests/s", "Errors/s", "Latency", "Age", "Weight", "For", "Containers", "Events", "Inspects",
  "Refused so far", "Port", "Serves revision", "Workers", "Left out"]);

const table = (caption, headings, body) =>
  h("div", { class: "scroll" },
    h("table", null,
      h("caption", null, caption),
      h("thead", null, h("tr", null, headings.map((heading) => h("th", { scope: "col", class: NUMERIC.has(heading) ? "number" : undefined }, heading)))),
      h("tbody", null, body)));

const Sparkline = ({ values, label }) =>
  h("svg", { class: "spark", viewBox: "0 0 120 24", role: "img", "aria-label": label },
    h("polyline", { points: model.sparkline(values, 120, 24) }));

const Tile = ({ label, value, kind }) =>
  h("div", { class: "tile " + (kind ?? "") }, h("dt", null, label), h("dd", null, value));

function Summary({ state }) {
  const { status, problems } = state.overview;
  const totals = model.totals(state);
  const servers = state.overview.backends.flatMap((backend) => backend.servers);
  const up = servers.filter(model.takesRequests).length;
  return h("dl", { class: "tiles" },
    h(Tile, { label: "host names", value: model.count(status.counts.hosts) }),
    h(Tile, { label: "servers up", value: up + " of " + servers.length, kind: up < servers.length ? "warning" : "" }),
    h(Tile, { label: "requests per second", value: model.count(totals.requests) }),
    h(Tile, { label: "errors per second", value: model.count(totals.errors), kind: totals.errors > 0 ? "error" : "" }),
    h(Tile, { label: "slowest backend, average", value: model.millis(totals.latency) }),
    h(Tile, { label: "problems", value: problems.length, kind: problems.length > 0 ? "warning" : "" }));
}

function Servers({ backend, state, now }) {
  const row = (server) => {
    const rates = state.rates.get("s " + backend.name + " " + server.name);
    const known = Object.values(server.load_balancers)[0];
    const check = known?.check;
    return h("tr", { key: server.name },
      h("th", { scope: "row" }, server.container ?? server.name, h("small", null, server.image ?? "")),
      cell(badge(model.stateOf(server), words(model.stateOf(server)))),
      cell([server.engine, server.stale ? badge("warning", "stale") : ""]),
      cell((server.address.includes(":") ? "[" + server.address + "]" : server.address) + ":" + server.port),
      number(model.age(server.started_at, now)),
      number(known?.weight ?? "–"),
      number(model.count(rates?.requests)),
      number(model.count(rates?.errors)),
      number(model.millis(rates?.latency)),
      cell(check ? [check.result, check.detail ? " " + check.detail : ""] : "–"));
  };
  return backend.servers.length === 0
    ? h("p", { class: "nothing" }, "No server: requests are answered with 503.")
    : table("Servers of " + backend.name,
        ["Container", "State", "Engine", "Address", "Age", "Weight", "Requests/s", "Errors/s", "Latency", "Last check"],
        backend.servers.map(row));
}

class Routes extends Component {
  state = { open: new Set(), shown: SHOWN_AT_FIRST };

  toggle(key) {
    const open = new Set(this.state.open);
    open.delete(key) || open.add(key);
    this.setState({ open });
  }

  row({ route, backend }) {
    const { state, now } = this.props;
    const key = route.hosts[0] + route.path;
    const isOpen = this.state.open.has(key);
    const rates = state.rates.get("b " + backend.name);
    const up = backend.servers.filter(model.takesRequests).length;
    const kind = up === 0 ? "down" : up < backend.servers.length ? "draining" : "up";
    const history = state.history.get("b " + backend.name) ?? { requests: [], latency: [] };
    return h(Fragment, { key },
      h("tr", null,
        h("th", { scope: "row" },
          h("button", { class: "toggle", "aria-expanded": String(isOpen), onClick: () => this.toggle(key) },
            h("span", { class: "arrow", "aria-hidden": "true" }, isOpen ? "▾" : "▸"), route.hosts[0]),
          route.hosts.length > 1 ? h("small", null, route.hosts.slice(1).join(", ")) : null),
        cell(route.path),
        cell(badge(kind, up + "/" + backend.servers.length + " up")),
        number(model.count(rates?.requests)),
        number(model.count(rates?.errors)),
        number(model.millis(rates?.latency)),
        cell(h(Sparkline, { values: history.requests, label: "requests per second, lately" })),
        cell(h(Sparkline, { values: history.latency, label: "latency, lately" }))),
      isOpen ? h("tr", { class: "detail" }, h("td", { colspan: 8 }, h(Servers, { backend, state, now }))) : null);
  }

  render({ state, search }) {
    const rows = model.rows(state, search);
    const shown = rows.slice(0, this.state.shown);
    if (rows.length === 0) {
      return h("p", { class: "nothing" }, search
        ? "No route matches. “Explain” says why a name is not served."
        : "Nothing is served yet: start a container with --hostname www.example.com.");
    }
    return h(Fragment, null,
      table(rows.length + (rows.length === 1 ? " route" : " routes"),
        ["Host", "Path", "Servers", "Requests/s", "Errors/s", "Latency", "Requests", "Latency over time"],
        shown.map((row) => this.row(row))),
      rows.length > shown.length
        ? h("button", { onClick: () => this.setState({ shown: this.state.shown * 2 }) }, "Show more of " + rows.length)
        : null);
  }
}

const Problem = ({ problem }) =>
  h("li", { class: "problem" },
    badge(problem.severity, problem.severity), h("strong", null, problem.subject),
    problem.field ? h("code", null, problem.field + (problem.value ? " " + JSON.stringify(problem.value) : "")) : null,
    h("p", null, problem.effect ? problem.reason + "; " + problem.effect : problem.reason),
    problem.advice ? h("p", { class: "advice" }, problem.advice) : null);

const Problems = ({ state }) =>
  state.overview.problems.length === 0
    ? h("p", { class: "nothing" }, "None: everything that asked to be served is served as it asked.")
    : h("ul", { class: "problems" }, state.overview.problems.map((problem, i) => h(Problem, { key: i, problem })));

const Owners = ({ state }) =>
  h(Fragment, null,
    table("Owners of names", ["Owner", "Names", "Refused so far"],
      state.overview.owners.map((owner) =>
        h("tr", { key: owner.owner },
          h("th", { scope: "row" }, owner.owner),
          cell(owner.names.slice(0, SHOWN_AT_FIRST).join(", ") + (owner.names.length > SHOWN_AT_FIRST ? ", …" : "")),
          number(String(owner.refusals))))),
    table("Refused claims", ["Owner", "Container", "Asked for", "Belongs to", "Reason"],
      state.overview.owners.flatMap((owner) => owner.refused.slice(0, SHOWN_AT_FIRST).map((claim, i) =>
        h("tr", { key: owner.owner + i },
          h("th", { scope: "row" }, owner.owner),
          cell(claim.container_name), cell(claim.claimed), cell(claim.holders.join(", ") || "nobody"),
          cell(claim.reason))))));

const Timeline = ({ state }) =>
  table("What happened, latest first", ["Time", "What", "Subject", "Details"],
    [...state.overview.events].reverse().map((event) =>
      h("tr", { key: event.sequence },
        cell(time(event.at), "when"), cell(badge(event.kind, words(event.kind))), cell(event.subject), cell(event.text))));

const Engines = ({ state, now }) =>
  table("Engines", ["Engine", "State", "For", "Address", "Containers", "Events", "Inspects", "Why"],
    state.overview.engines.map((engine) =>
      h("tr", { key: engine.id },
        h("th", { scope: "row" }, engine.id),
        cell(badge(engine.state, engine.state)),
        number(model.age(engine.since, now)),
        cell(engine.address),
        number(model.count(engine.containers)),
        number(model.count(engine.intake.events)),
        number(model.count(engine.intake.event_inspects + engine.intake.other_inspects)),
        cell(engine.reason ?? ""))));

const Plugins = ({ state }) =>
  h(Fragment, null,
    table("Plugins", ["Plugin", "State", "Version", "Type", "Needs API", "Last result", "Details"],
      state.overview.plugins.map((plugin) =>
        h("tr", { key: plugin.id },
          h("th", { scope: "row" }, plugin.id),
          cell(badge(plugin.state, plugin.state)),
          cell(plugin.version ?? "–"),
          cell(plugin.type ?? "–"),
          cell(plugin.requires ?? "any"),
          cell(plugin.last_result),
          cell(plugin.detail)))),
    table("Load balancers", ["Load balancer", "State", "Port", "Serves revision", "Last apply", "Workers", "Left out"],
      state.overview.status.load_balancers.map((one) => {
        const process = state.overview.proxies.find((proxy) => proxy.load_balancer === one.plugin_id)?.process;
        return h("tr", { key: one.plugin_id },
          h("th", { scope: "row" }, one.plugin_id),
          cell([badge(one.state, one.state), one.reason ? " " + one.reason : ""]),
          number(one.port),
          number(one.served_revision ?? "–"),
          cell(one.last_apply ? words(one.last_apply.outcome) + ", " + model.millis(one.last_apply.took) : "–"),
          number((process?.workers ?? "–") + (process?.old_workers > 0 ? " + " + process.old_workers + " old" : "")),
          number(one.omissions.length));
      })));

const Explanation = ({ answer, onClose }) =>
  h("section", { class: "explanation", "aria-live": "polite", "aria-label": "Explanation" },
    h("button", { class: "close", "aria-label": "Close", onClick: onClose }, "×"),
    answer.failure
      ? h("p", null, answer.failure)
      : h(Fragment, null,
          h("p", null, badge(answer.verdict, words(answer.verdict)), " ", answer.summary),
          answer.paths.map((path, i) =>
            h("p", { key: i, class: "path" },
              path.listeners.map((one) => one.load_balancer + ":" + one.port).join(", "),
              " → ", path.matched, " ", path.route.path_prefix, " → ", path.backend.name, " → ",
              path.servers.map((one) => one.server.name + " (" + (one.state ?? "unknown") + ")").join(", ") || "no server")),
          answer.problems.length > 0
            ? h("ul", { class: "problems" }, answer.problems.map((problem, i) => h(Problem, { key: i, problem })))
            : null,
          answer.suggestions.length > 0 ? h("p", null, "Did you mean ", answer.suggestions.join(", "), "?") : null));

class App extends Component {
  state = { data: model.EMPTY, live: false, search: "", view: this.viewOf(location.hash), explanation: null };

  viewOf(hash) {
    return VIEWS.some(([id]) => "#" + id === hash) ? hash.slice(1) : "routes";
  }

  componentDidMount() {
    this.source = new EventSource("/api/v1/stream");
    this.source.onmessage = (message) =>
      this.setState(({ data }) => ({ live: true, data: model.next(data, JSON.parse(message.data)) }));
    this.source.onerror = () => this.setState({ live: false });
    addEventListener("hashchange", () => this.setState({ view: this.viewOf(location.hash) }));
    addEventListener("keydown", (event) => {
      if (event.key === "/" && event.target.tagName !== "INPUT") {
        event.preventDefault();
        document.getElementById("search").focus();
      }
    });
  }

  async explain(event) {
    event.preventDefault();
    const question = this.state.search.trim();
    if (question === "") {
      return;
    }
    try {
      const response = await fetch("/api/v1/explain?q=" + encodeURIComponent(question));
      this.setState({ explanation: response.ok ? await response.json() : { failure: await response.text() } });
    } catch (failure) {
      this.setState({ explanation: { failure: "Interlock does not answer: " + failure.message } });
    }
  }

  render(props, { data, live, search, view, explanation }) {
    if (data.overview === null) {
      return h("p", { class: "loading" }, live ? "Loading…" : "Waiting for Interlock…");
    }
    const { status, problems } = data.overview;
    const now = Date.parse(status.at);
    const View = { routes: Routes, problems: Problems, owners: Owners, timeline: Timeline, engines: Engines, plugins: Plugins }[view];
    return h(Fragment, null,
      h("header", null,
        h("h1", null, h("img", { src: "/icon.svg", alt: "", width: 28, height: 28 }), "Interlock"),
        badge(status.ready ? "up" : "down", status.ready ? "ready" : "not ready"),
        badge(live ? "up" : "warning", live ? "live" : "reconnecting"),
        h("span", { class: "version" }, status.version + ", revision " + status.revision),
        h("form", { role: "search", onSubmit: (event) => this.explain(event) },
          h("label", { for: "search", class: "unseen" }, "Host, URL or container"),
          h("input", {
            id: "search", type: "search", value: search, placeholder: "Host, URL or container  ( / )", autocomplete: "off",
            onInput: (event) => this.setState({ search: event.target.value }),
          }),
          h("button", null, "Explain"))),
      h("nav", { "aria-label": "Views" }, VIEWS.map(([id, title]) =>
        h("a", { key: id, href: "#" + id, "aria-current": id === view ? "page" : undefined },
          title, id === "problems" && problems.length > 0 ? " (" + problems.length + ")" : ""))),
      h("main", null,
        explanation ? h(Explanation, { answer: explanation, onClose: () => this.setState({ explanation: null }) }) : null,
        h(Summary, { state: data }),
        h(View, { state: data, search, now })));
  }
}

const root = document.getElementById("app");
root.replaceChildren();
render(h(App), root);
