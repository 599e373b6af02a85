"use strict";
(function () {
    const data = JSON.parse(document.getElementById("data").textContent);
    const kpi = data.kpi;
    const words = window.reportWords;
    const asked = () => { const m = /lang=(zh|en)/.exec(location.hash); return m ? m[1] : null; };
    let lang = asked() || data.lang;
    const t = (key) => words[lang][key];
    const $ = (id) => document.getElementById(id);
    const escape = (text) => String(text).replace(/[&<>"']/g, (c) => "&#" + c.charCodeAt(0) + ";");
    const clock = (s) => { const m = Math.floor(s / 60); return String(Math.floor(m / 60)).padStart(2, "0") + ":" + String(m % 60).padStart(2, "0"); };
    const number = (v, digits) => v === null || v === undefined ? "–" : Number(v).toLocaleString(lang === "zh" ? "zh-CN" : "en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    const percent = (v) => v === null || v === undefined ? "–" : number(v, 1) + " %";
    const sum = (list, pick) => list.reduce((n, x) => n + pick(x), 0);
    const swatch = (r) => `<svg class="swatch" viewBox="0 0 26 10" aria-hidden="true"><line x1="1" x2="25" y1="5" y2="5" stroke="${data.vehicles[r].colour}" stroke-width="5"${map.dash(r) ? ` stroke-dasharray="${map.dash(r)}"` : ' stroke-linecap="round"'}/></svg>`;
    /* A vehicle that lives elsewhere comes to the hub after it has left its base, and is back there before it is home. */
    const hubLeave = (v) => v.base ? v.base.hub_leave : v.start, hubBack = (v) => v.base ? v.base.hub_back : v.end;
    const effect = (c) => (c.speed_percent === 0 ? t("closed") : [c.speed_percent < 100 ? t("ofspeed")(c.speed_percent) : "", c.max_kmh ? t("atmost")(c.max_kmh) : ""].filter(Boolean).join(" · ")) + (c.direction === "both" ? "" : ` (${t(c.direction)})`);
    /* What there is to know of a straight line beyond the roads, below the place's name. */
    const lineTold = (m, s) => m ? `<br><small class="connector">${t("connectorof")(number(m, 0), Math.round(s / 60))}</small>` : "";
    const lineAt = (v, code) => { const line = (v.connectors || []).find((c) => c.code === code); return line ? lineTold(line.m, line.s) : ""; };
    let selected = -1;

    /* One vehicle is brought out everywhere at once: map, list, timeline. */
    function select(r, zoom) {
        selected = r;
        map.select(r, zoom);
        document.querySelectorAll("[data-pick]").forEach((e) => { const on = +e.dataset.pick === r; e.classList.toggle("picked", on); e.setAttribute("aria-pressed", on); });
        document.querySelectorAll("#vehicles input").forEach((input) => { input.checked = map.shown(+input.dataset.route); });
        $("gantt").classList.toggle("some", r >= 0);
        const item = document.querySelector("#vehicles .picked"), box = $("vehicles");
        if (item && (item.offsetTop < box.scrollTop || item.offsetTop + item.offsetHeight > box.scrollTop + box.clientHeight)) box.scrollTop = item.offsetTop - 60;
    }
    const map = window.reportMap({ data, t, escape, clock, number, lang: () => lang, effect, onSelect: (r) => select(r, false) });
    function pickable(box) {
        box.querySelectorAll("[data-pick]").forEach((e) => {
            const act = () => select(selected === +e.dataset.pick ? -1 : +e.dataset.pick, true);
            e.addEventListener("click", act);
            e.addEventListener("keydown", (event) => { if (e.tagName !== "BUTTON" && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); act(); } });
        });
    }

    function vehicleList() {
        const box = $("vehicles");
        box.innerHTML = `<div class="all"><button type="button" data-all="1">${t("all")}</button><button type="button" data-all="0">${t("none")}</button></div>` + (data.vehicles.length ? "" : `<p class="note">${t("novehicles")}</p>`) +
            data.vehicles.map((v, r) => `<div class="vehicle"><input type="checkbox" data-route="${r}" ${map.shown(r) ? "checked" : ""} aria-label="${escape(v.title)}"><button type="button" data-pick="${r}">${swatch(r)}<span><b>${escape(v.title)}</b><small>${clock(v.start)}–${clock(v.end)} · ${v.stops.length} ${t("stopcount")} · ${number(v.km, 1)} km</small></span></button></div>`).join("");
        box.querySelectorAll("input").forEach((input) => input.addEventListener("change", () => { if (!input.checked && selected === +input.dataset.route) select(-1, false); map.show(+input.dataset.route, input.checked); input.checked = map.shown(+input.dataset.route); }));
        box.querySelectorAll("[data-all]").forEach((button) => button.addEventListener("click", () => { const shown = button.dataset.all === "1"; data.vehicles.forEach((v, r) => map.show(r, shown)); select(-1, false); }));
        pickable(box);
        $("mapkey").innerHTML = `<span><i class="pin hub">★</i>${t("hub")}</span>` + (data.vehicles.some((v) => v.base) ? `<span><i class="pin base">⌂</i>${t("base")}</span>` : "") + (data.unserved.some((u) => u.lat !== null) ? `<span><i class="pin left">×</i>${t("unserved")}</span>` : "") +
            map.key().map((s) => `<span><svg class="swatch" viewBox="0 0 26 10" aria-hidden="true"><line x1="0" x2="26" y1="5" y2="5" stroke="${s.color}" stroke-width="${s.weight}"${s.dashArray ? ` stroke-dasharray="${s.dashArray}"` : ""}/></svg>${t(s.key)}</span>`).join("");
    }

    /* ---- figures ---- */
    function cards() {
        const down = kpi.hub_to_village_hours.by_parcel, up = kpi.village_to_hub_hours.by_parcel;
        const spread = (d) => d.samples ? t("spread")(number(d.p90, 1), number(d.max, 1)) : "";
        const list = [
            [number(kpi.cost_yuan.total, 0), t("yuan"), t("total"), kpi.length_km > 0 ? t("ofkm")(number(kpi.cost_yuan.total / kpi.length_km, 2)) : ""], [number(kpi.cost_per_parcel_yuan, 2), t("yuan"), t("perparcel"), t("perparcelnote")],
            [number(kpi.vehicles_used, 0), "", t("vehicles"), t("ofvehicles")(kpi.vehicles_available)], [number(kpi.coverage_percent, 1), "%", t("coverage"), kpi.stops_unserved ? `<a href="#left">${t("leftnote")(number(kpi.stops_unserved, 0))}</a>` : t("ofplaces")(kpi.places_served, kpi.places), kpi.stops_unserved > 0],
            [number(down.mean, 1), t("h"), t("down"), spread(down)], [number(up.mean, 1), t("h"), t("up"), spread(up)],
            [number(down.on_time_percent, 1), "%", t("ontime"), t("uptime")(percent(up.on_time_percent))], [number(kpi.load_factor_percent, 1), "%", t("load"), `${t("empty")} ${number(kpi.empty_length_km, 0)} km`]];
        $("cards").innerHTML = list.map((c) => `<div class="card${c[4] ? " warn" : ""}"><span>${c[2]}</span><b>${c[0]}<small>${c[1]}</small></b><em>${c[3]}</em></div>`).join("");
        const energy = [["diesel", kpi.diesel_l, "L"], ["petrol", kpi.petrol_l, "L"], ["electricity", kpi.electricity_kwh, "kWh"]].filter((e) => e[1] > 0).map((e) => `${t(e[0])} ${number(e[1], 0)} ${e[2]}`).join(" · ");
        const ofAsked = (v, asked, digits) => v === asked ? "" : ` <small>${t("ofasked")(number(asked, digits))}</small>`;
        const facts = [[t("km"), `${number(kpi.length_km, 0)} km`], [t("wait2"), `${number(sum(kpi.vehicles, (v) => v.waiting_hours), 1)} ${t("h")}`], [t("duty"), `${number(kpi.duty_hours, 1)} ${t("h")}`], [t("parcels"), number(kpi.down_parcels, 0) + ofAsked(kpi.down_parcels, kpi.down_parcels_asked, 0)],
            [t("upparcels"), number(kpi.up_parcels, 0) + ofAsked(kpi.up_parcels, kpi.up_parcels_asked, 0)], [t("produce"), `${number(kpi.produce_kg, 0)} kg` + ofAsked(kpi.produce_kg, kpi.produce_kg_asked, 0)], [t("energy2"), energy || "–"], [t("co2"), `${number(kpi.co2_kg, 0)} kg`]];
        if (kpi.connectors) facts.push([t("connector"), `${t("connectorsum")(kpi.connectors.places, number(kpi.connectors.length_km, 1))}`]);
        $("facts").innerHTML = facts.map((f) => `<div><dt>${f[0]}</dt><dd>${f[1]}</dd></div>`).join("");
    }
    function costSplit() {
        const c = kpi.cost_yuan;
        const items = [["agents", c.agents, "#1a6e4f"], ["drivers", c.drivers, "#2f6db3"], ["fixed", c.vehicles_fixed, "#7a9cc6"], ["energy", c.energy, "#d9822b"], ["other", c.other_distance, "#e6b35a"], ["hourly", c.hourly, "#8e6bb0"], ["handling", c.handling, "#6fb08f"]].filter((i) => i[1] > 0).sort((a, b) => b[1] - a[1]);
        if (!items.length) { $("costs").innerHTML = `<p class="note">${t("nocost")}</p>`; return; }
        const share = (i) => 100 * i[1] / c.total;
        $("costs").innerHTML = `<div class="split" role="img" aria-label="${escape(items.map((i) => `${t(i[0])} ${number(share(i), 1)} %`).join(", "))}">` + items.map((i) => `<i style="width:${share(i)}%;background:${i[2]}" title="${t(i[0])} ${number(i[1], 2)} ${t("yuan")}">${share(i) >= 6 ? number(share(i), 0) + "%" : ""}</i>`).join("") + "</div><dl class=\"splitkey\">" +
            items.map((i) => `<div><dt><i style="background:${i[2]}"></i>${t(i[0])}</dt><dd>${number(i[1], 2)} <small>${t("yuan")} · ${number(share(i), 1)} %</small></dd></div>`).join("") + `<div class="sum"><dt>${t("totals")}</dt><dd>${number(c.total, 2)} <small>${t("yuan")}</small></dd></div></dl>`;
    }
    function serviceTable() {
        const d = kpi.hub_to_village_hours, u = kpi.village_to_hub_hours;
        const rows = [["downward", null], ["byparcel", d.by_parcel], ["byvillage", d.by_village], ["near", d.near_villages], ["remote", d.remote_villages], ["upward", null], ["byparcel", u.by_parcel], ["byvillage", u.by_village]];
        $("servicetable").innerHTML = `<thead><tr><th scope="col"></th>${["samples", "mean", "p90", "max", "share"].map((k) => `<th scope="col" class="n">${t(k)}${k === "mean" || k === "p90" || k === "max" ? ` <small>${t("h")}</small>` : ""}</th>`).join("")}</tr></thead><tbody>` +
            rows.map((r) => r[1] ? `<tr><th scope="row">${t(r[0])}</th><td class="n">${number(r[1].samples, 0)}</td>` + [r[1].mean, r[1].p90, r[1].max].map((v) => `<td class="n">${number(v, 1)}</td>`).join("") + `<td class="n">${percent(r[1].on_time_percent)}</td></tr>` : `<tr class="group"><th scope="rowgroup" colspan="6">${t(r[0])}</th></tr>`).join("") + "</tbody>";
    }
    function hourBars() {
        const parts = [["downward", data.places.filter((p) => p.down >= 0).map((p) => p.down / 3600), "#1a6e4f"], ["upward", data.places.filter((p) => p.up >= 0).map((p) => p.up / 3600), "#2f6db3"]];
        $("hours").innerHTML = parts.map((part) => {
            const longest = part[1].reduce((a, b) => Math.max(a, b), 0);
            const step = Math.max(1, Math.ceil(longest / 12)), last = Math.max(1, Math.ceil(longest / step));
            const counts = Array.from({ length: last }, (_, i) => part[1].filter((x) => Math.min(last - 1, Math.floor(x / step)) === i).length);
            const top = counts.reduce((a, b) => Math.max(a, b), 1);
            return `<h4>${t(part[0])}</h4>` + counts.map((n, i) => `<div class="bar"><span>${i * step}–${(i + 1) * step} ${t("h")}</span><b><i style="width:${100 * n / top}%;background:${part[2]}"></i></b><em>${number(n, 0)}</em></div>`).join("");
        }).join("");
    }

    /* ---- timeline ---- */
    function gantt() {
        $("ganttkey").innerHTML = `<span><i style="background:#2f6db3;opacity:.4;height:5px"></i>${t("drive")}</span><span><i style="background:#2f6db3"></i>${t("serve")}</span><span><i style="background:#e2b93b"></i>${t("wait")}</span>` + (data.vehicles.some((v) => v.base) ? `<span><i style="background:#2f6db3;opacity:.2;height:5px"></i>${t("baseways")}</span>` : "");
        if (!data.vehicles.length) { $("gantt").innerHTML = `<p class="note">${t("novehicles")}</p>`; return; }
        const first = Math.floor(data.vehicles.reduce((a, v) => Math.min(a, v.start), Infinity) / 3600), last = Math.ceil(data.vehicles.reduce((a, v) => Math.max(a, v.end), 0) / 3600);
        const left = 168, width = 1240, row = 25, head = 24, height = data.vehicles.length * row + head + 4, step = Math.max(1, Math.ceil((last - first) / 16));
        const x = (s) => (left + (s / 3600 - first) / Math.max(1, last - first) * (width - left - 24)).toFixed(1);
        const short = (text) => { let w = 0, n = 0; for (const c of text) { w += c.charCodeAt(0) > 255 ? 13 : 7.2; if (w > left - 24) return [...text].slice(0, n - 1).join("") + "…"; n++; } return text; };
        const bar = (v, y, from, to, opacity, title, kind) => `<rect${kind ? ` class="${kind}"` : ""} x="${x(from)}" y="${y + 10}" width="${Math.max(1, x(to) - x(from)).toFixed(1)}" height="5" rx="2" fill="${v.colour}" opacity="${opacity}"><title>${escape(title)} ${clock(from)}–${clock(to)}</title></rect>`;
        let svg = `<svg viewBox="0 0 ${width} ${height}" role="group" aria-label="${t("timeline")}">`;
        for (let h = first; h <= last; h += step) svg += `<line x1="${x(h * 3600)}" x2="${x(h * 3600)}" y1="${head - 6}" y2="${height}" stroke="#e3e8ec"/><text x="${x(h * 3600)}" y="13" text-anchor="middle">${String(h).padStart(2, "0")}:00</text>`;
        data.vehicles.forEach((v, r) => {
            const y = head + r * row;
            svg += `<g class="line" data-pick="${r}" tabindex="0" role="button" aria-label="${escape(v.title)} ${clock(v.start)}–${clock(v.end)}"><rect class="back" x="0" y="${y}" width="${width}" height="${row}"/><text class="name" x="${left - 12}" y="${y + 17}" text-anchor="end">${escape(short(v.title))}<title>${escape(v.title)}</title></text>` +
                bar(v, y, hubLeave(v), hubBack(v), .4, v.title);
            if (v.base) svg += bar(v, y, v.start, v.base.hub_leave, .2, `${v.base.name} → ${data.hub.name}`, "away") + bar(v, y, v.base.hub_back, v.end, .2, `${data.hub.name} → ${v.base.name}`, "away");
            v.stops.forEach((s) => {
                const w = Math.max(2, x(s.depart) - x(s.begin));
                if (s.begin > s.arrive) svg += `<rect x="${x(s.arrive)}" y="${y + 7}" width="${(x(s.begin) - x(s.arrive)).toFixed(1)}" height="11" fill="#e2b93b"><title>${t("wait")} ${clock(s.arrive)}–${clock(s.begin)}</title></rect>`;
                svg += `<rect class="serve" x="${x(s.begin)}" y="${y + 4}" width="${w.toFixed(1)}" height="17" rx="2" fill="${v.colour}"><title>${s.n}. ${escape(s.name)} ${clock(s.begin)}–${clock(s.depart)}</title></rect>`;
                if (w >= 15) svg += `<text class="in" x="${(+x(s.begin) + w / 2).toFixed(1)}" y="${y + 16.5}" text-anchor="middle">${s.n}</text>`;
            });
            svg += "</g>";
        });
        $("gantt").innerHTML = svg + "</svg>";
        pickable($("gantt"));
    }

    /* ---- tables ---- */
    let order = { column: 0, up: true };
    function stopTable() {
        const columns = [["vehicle", (r) => r, 0, (x) => data.vehicles[x].title], ["seq", (r, s) => s.n, 1], ["place", (r, s) => s.name], ["town", (r, s) => s.town], ["code", (r, s) => s.code], ["arrive", (r, s) => s.arrive, 1, clock], ["depart", (r, s) => s.depart, 1, clock],
            ["downp", (r, s) => s.down, 1, (x) => number(x, 0)], ["upp", (r, s) => s.up, 1, (x) => number(x, 0)], ["producekg", (r, s) => s.produce, 1, (x) => x ? number(x, 1) : ""], ["cold", (r, s) => s.cold ? "✓" : ""], ["legkm", (r, s) => s.km, 1, (x) => number(x, 1)], ["kg", (r, s) => s.kg, 1, (x) => number(x, 0)], ["m3", (r, s) => s.m3, 1, (x) => number(x, 1)]];
        const wanted = $("find").value.trim().toLowerCase(), which = +$("which").value;
        const rows = [];
        data.vehicles.forEach((v, r) => { if (which < 0 || which === r) v.stops.forEach((s, i) => { if (!wanted || `${s.name} ${s.town} ${s.code} ${v.title}`.toLowerCase().includes(wanted)) rows.push([r, s, i]); }); });
        const key = columns[order.column][1];
        rows.sort((a, b) => { const x = key(a[0], a[1]), y = key(b[0], b[1]); const c = typeof x === "number" ? x - y : String(x).localeCompare(String(y), lang === "zh" ? "zh-CN" : "en"); return (order.up ? c : -c) || a[0] - b[0] || a[1].n - b[1].n; });
        const cell = (c, r) => { const value = c[1](r[0], r[1]), shown = escape(c[3] ? c[3](value) : value); return `<td class="${c[2] ? "n" : ""}">${c[0] === "vehicle" ? `<span class="nowrap" title="${shown}">${swatch(r[0])}${shown}</span>` : c[0] === "place" ? `<button type="button" class="link" data-stop="${r[0]},${r[2]}">${shown}</button>${lineTold(r[1].connector_m, r[1].connector_s)}` : shown}</td>`; };
        $("stoptable").innerHTML = "<thead><tr>" + columns.map((c, i) => `<th scope="col" class="${c[2] ? "n" : ""}"${order.column === i ? ` aria-sort="${order.up ? "ascending" : "descending"}"` : ""}><button type="button" data-column="${i}">${t(c[0])}${order.column === i ? (order.up ? " ▲" : " ▼") : ""}</button></th>`).join("") + "</tr></thead><tbody>" +
            rows.map((r) => `<tr class="stoprow">${columns.map((c) => cell(c, r)).join("")}</tr>`).join("") + (rows.length ? "" : `<tr><td colspan="${columns.length}">${t("nostops")}</td></tr>`) + "</tbody>";
        $("found").textContent = t("foundrows")(rows.length, sum(data.vehicles, (v) => v.stops.length));
    }
    $("stoptable").addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (!button) return;
        if (button.dataset.stop) {
            const [r, i] = button.dataset.stop.split(",").map(Number);
            select(r, false);
            map.open(r, i);
            $("mapsection").scrollIntoView();
            return;
        }
        const column = +button.dataset.column;
        order = { column, up: order.column === column ? !order.up : true };
        stopTable();
        $("stoptable").querySelector(`[data-column="${column}"]`).focus();
    });
    function leftTable() {
        $("left").hidden = $("leftlink").hidden = !data.unserved.length;
        $("lefttable").innerHTML = `<thead><tr>${["place", "town", "code", "reason"].map((k) => `<th scope="col">${t(k)}</th>`).join("")}${["downp", "upp", "producekg", "price"].map((k) => `<th scope="col" class="n">${t(k)}</th>`).join("")}</tr></thead><tbody>` +
            data.unserved.map((u) => `<tr class="leftrow"><td>${escape(u.name)}</td><td>${escape(u.town)}</td><td>${escape(u.code)}</td><td>${t("reasons")[u.reason]}${u.note ? " · " + escape(u.note[lang]) : ""}</td><td class="n">${number(u.down, 0)}</td><td class="n">${number(u.up, 0)}</td><td class="n">${number(u.produce, 1)}</td><td class="n">${number(u.price, 2)}</td></tr>`).join("") + "</tbody>";
    }

    /* ---- driver sheets ---- */
    function sketch(v, r) {
        const path = map.paths[r];
        const home = v.base && v.base.lat !== null ? v.base : null;
        const all = path.concat(v.stops.map((s) => [s.lat, s.lon]), [[data.hub.lat, data.hub.lon]], home ? [[home.lat, home.lon]] : []);
        const squeeze = Math.cos(data.hub.lat * Math.PI / 180);
        let west = Infinity, east = -Infinity, south = Infinity, north = -Infinity;
        all.forEach((p) => { west = Math.min(west, p[1]); east = Math.max(east, p[1]); south = Math.min(south, p[0]); north = Math.max(north, p[0]); });
        const width = 720, height = 230, edge = 18;
        const scale = Math.min((width - 2 * edge) / Math.max(1e-4, (east - west) * squeeze), (height - 2 * edge) / Math.max(1e-4, north - south));
        const x = (lon) => (width / 2 + (lon - (west + east) / 2) * squeeze * scale).toFixed(1), y = (lat) => (height / 2 - (lat - (south + north) / 2) * scale).toFixed(1);
        return `<svg class="sketch" viewBox="0 0 ${width} ${height}" aria-hidden="true"><polyline points="${path.map((p) => x(p[1]) + "," + y(p[0])).join(" ")}"/>` +
            (v.connectors || []).map((c) => `<polyline class="connector" stroke-dasharray="1 5" points="${x(c.road_lon)},${y(c.road_lat)} ${x(c.lon)},${y(c.lat)}"/>`).join("") +
            (home ? `<rect class="base" x="${x(home.lon) - 11}" y="${y(home.lat) - 11}" width="22" height="22" rx="4"/><text class="base" x="${x(home.lon)}" y="${+y(home.lat) + 5}">⌂</text>` : "") +
            v.stops.slice().reverse().map((s) => `<circle cx="${x(s.lon)}" cy="${y(s.lat)}" r="8"/><text x="${x(s.lon)}" y="${+y(s.lat) + 3.6}">${s.n}</text>`).join("") +
            `<rect x="${x(data.hub.lon) - 8}" y="${y(data.hub.lat) - 8}" width="16" height="16" rx="3"/><text class="hub" x="${x(data.hub.lon)}" y="${+y(data.hub.lat) + 4.4}">★</text></svg>`;
    }
    function sheet(v, r) {
        const own = kpi.vehicles[r];
        const box = (name, value) => `<div><dt>${name}</dt><dd>${value}</dd></div>`;
        const back = v.km - sum(v.stops, (s) => s.km) - (v.base ? +v.base.approach_km + +v.base.homeward_km : 0);
        const at = (place, note, arrive, leave, km) => `<tr class="hubrow"><td></td><td>${escape(place.name)} <small>${note}</small>${lineAt(v, place.code)}</td><td class="n">${arrive}</td><td class="n">${leave}</td><td colspan="4"></td><td class="n">${km}</td><td></td></tr>`;
        const where = v.base ? ` <small>${escape(v.base.name)}</small>` : "";
        const row = (s) => `<tr><td class="n">${s.n}</td><td><b>${escape(s.name)}</b> <small>${escape(s.town)} ${escape(s.code)}</small>${lineTold(s.connector_m, s.connector_s)}</td><td class="n">${clock(s.arrive)}${s.begin > s.arrive ? `<br><small>${t("begin")} ${clock(s.begin)}</small>` : ""}</td><td class="n">${clock(s.depart)}</td><td class="n">${s.down ? number(s.down, 0) : ""}</td><td class="n">${s.up ? number(s.up, 0) : ""}</td><td class="n">${s.produce ? number(s.produce, 1) : ""}</td><td class="c">${s.cold ? "✓" : ""}</td><td class="n">${number(s.km, 1)}</td><td></td></tr>`;
        return `<article class="sheet"><header><div><p>${escape(data.name)} · ${data.date}</p><h3>${t("sheet")} · ${escape(v.title)}</h3></div><strong style="border-color:${v.colour}">${r + 1}<small>/${data.vehicles.length}</small></strong></header>` +
            `<dl>${box(t("leave"), clock(v.start) + where)}${box(t("back"), clock(v.end) + where)}${box(t("stopcount"), v.stops.length)}${box(t("km"), `${number(v.km, 1)} km`)}${box(t("loadout"), `${number(v.load_kg, 0)} kg · ${number(v.load_m3, 1)} m³`)}${box(t("peak"), `${number(Math.max(own.peak_load_mass_percent, own.peak_load_volume_percent), 0)} %`)}</dl>${sketch(v, r)}` +
            `<table><thead><tr>${["seq", "place", "arrive", "depart", "downp", "upp", "producekg", "cold", "legkm"].map((k) => `<th scope="col">${t(k)}</th>`).join("")}<th scope="col" class="sign">${t("sign")}</th></tr></thead><tbody>` +
            (v.base ? at(v.base, t("frombase"), "", clock(v.start), "") : "") + at(data.hub, t("fromhub"), "", clock(hubLeave(v)), v.base ? number(v.base.approach_km, 1) : "") + v.stops.map(row).join("") +
            at(data.hub, t("returnhub"), clock(hubBack(v)), "", number(Math.max(0, back), 1)) + (v.base ? at(v.base, t("returnbase"), clock(v.end), "", number(v.base.homeward_km, 1)) : "") +
            `<tr class="sum"><td></td><td>${t("totals")}</td><td></td><td></td><td class="n">${number(sum(v.stops, (s) => s.down), 0)}</td><td class="n">${number(sum(v.stops, (s) => s.up), 0)}</td><td class="n">${number(sum(v.stops, (s) => s.produce), 1)}</td><td></td><td class="n">${number(v.km, 1)}</td><td></td></tr></tbody></table><footer><span>${t("driver")}:</span><span>${t("keeper")}:</span><span>${t("remarks")}:</span></footer></article>`;
    }
    function sheets() { $("sheetlist").innerHTML = data.vehicles.map(sheet).join("") || `<p class="note">${t("novehicles")}</p>`; }
    function assumedTable() {
        $("assumedtable").innerHTML = data.assumed.length ? `<thead><tr><th scope="col">${t("parameter")}</th><th scope="col" class="n">${t("value")}</th><th scope="col">${t("unit")}</th><th scope="col">${t("grade")}</th></tr></thead><tbody>` +
            data.assumed.map((a) => `<tr><td>${escape(a.label[lang])} <small class="key2">${escape(a.key)}</small></td><td class="n">${escape(a.value)}</td><td>${escape(a.unit[lang])}</td><td><span class="grade g${escape(a.grade)}">${escape(a.grade)}</span></td></tr>`).join("") + "</tbody>" : `<tbody><tr><td>${t("noassumed")}</td></tr></tbody>`;
    }
    function closureTable() {
        $("closures").hidden = $("closureslink").hidden = !kpi.closures.length;
        const when = (c) => c.from || c.until ? `${c.from || ""} – ${c.until || ""}` : c.months ? t("inmonths")(c.months.join(", ")) : t("always");
        $("closuretable").innerHTML = `<thead><tr>${["closure", "effect", "when", "vehicle"].map((k) => `<th scope="col">${t(k)}</th>`).join("")}<th scope="col" class="n">${t("roadkm")}</th></tr></thead><tbody>` +
            kpi.closures.map((c) => `<tr class="closurerow"><td>${escape(c.name)}${c.note ? ` <small>${escape(c.note)}</small>` : ""}</td><td>${effect(c)}</td><td>${when(c)}</td><td>${c.vehicles ? escape(c.vehicles.join(", ")) : t("allvehicles")}</td><td class="n">${number(c.road_km, 2)}</td></tr>`).join("") + "</tbody>";
    }

    function render() {
        document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
        document.title = `${data.name} ${data.date} · ${t("kind")}`;
        document.querySelectorAll("[data-t]").forEach((e) => { e.textContent = t(e.dataset.t); });
        document.querySelectorAll("[data-lang]").forEach((b) => { b.classList.toggle("on", b.dataset.lang === lang); b.setAttribute("aria-pressed", b.dataset.lang === lang); });
        $("title").textContent = data.name;
        $("subtitle").textContent = t("subtitle")(data, kpi);
        $("synthetic").hidden = !data.synthetic;
        $("find").placeholder = t("find");
        $("find").setAttribute("aria-label", t("find"));
        $("which").setAttribute("aria-label", t("vehicle"));
        const which = $("which").value || "-1";
        $("which").innerHTML = `<option value="-1">${t("allvehicles")}</option>` + data.vehicles.map((v, r) => `<option value="${r}">${escape(v.title)}</option>`).join("");
        $("which").value = which;
        $("credit").textContent = `${data.credit} · Xiangdao 向导 · ${data.identity}`;
        cards(); vehicleList(); gantt(); costSplit(); serviceTable(); hourBars(); leftTable(); stopTable(); sheets(); assumedTable(); closureTable();
        if (selected >= 0) select(selected, false);
    }
    function speak(other) { lang = other; render(); }
    document.querySelectorAll("[data-lang]").forEach((b) => b.addEventListener("click", () => speak(b.dataset.lang)));
    window.addEventListener("hashchange", () => { if (asked() && asked() !== lang) speak(asked()); });
    $("find").addEventListener("input", stopTable);
    $("which").addEventListener("change", stopTable);
    $("printsheets").addEventListener("click", () => { document.body.classList.add("sheets-only"); window.print(); document.body.classList.remove("sheets-only"); });
    render();
    const brought = /vehicle=(\d+)/.exec(location.hash); /* report.html#vehicle=3: the third vehicle brought out */
    if (brought && data.vehicles[+brought[1] - 1]) select(+brought[1] - 1, true);
    if (location.hash.includes("sheets-only")) document.body.classList.add("sheets-only");
    document.body.dataset.ready = "yes";
})();
