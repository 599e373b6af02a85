"use strict";
/* The map of the report: the county's own roads below, routes and stops above. page: data, t(key), escape, clock, number, onSelect(route or -1), effect(closure). */
window.reportMap = function (page) {
    const { data, t, escape, clock, number } = page;
    const labelled_max = 400; /* numbers drawn at once: more would cover each other and slow an office computer down */

    /* Points come as differences of 1e-5 degrees, zigzag, five bits a character. */
    function decode(text) {
        const points = [];
        let lat = 0, lon = 0, i = 0;
        const next = () => { let shift = 0, value = 0, byte; do { byte = text.charCodeAt(i++) - 63; value |= (byte & 31) << shift; shift += 5; } while (byte >= 32); return value & 1 ? ~(value >> 1) : value >> 1; };
        while (i < text.length) { lat += next(); lon += next(); points.push([lat / 1e5, lon / 1e5]); }
        return points;
    }
    const paths = data.vehicles.map((v) => decode(v.path));
    /* Twelve colours, then the same ones broken into dashes: routes stay apart on screen and in grey print. */
    const dashes = [null, "9 5", "2 6"];
    const dash = (r) => dashes[Math.floor(r / 12) % dashes.length];

    const roadStyles = [
        { key: "major", color: "#d8b65a", weight: 3.4 }, { key: "minor", color: "#b9b4a6", weight: 2.2 }, { key: "village", color: "#cbc6ba", weight: 1.3 },
        { key: "track", color: "#c4beb0", weight: 1.1, dashArray: "3 4" }, { key: "ferry", color: "#5aa0d6", weight: 1.6, dashArray: "6 5" }];
    const closureStyles = [{ key: "closed", color: "#c62828", weight: 4, dashArray: "7 5" }, { key: "slowed", color: "#e07b00", weight: 4, dashArray: "2 4" }];
    const connectorStyle = { key: "connector", color: "#444", weight: 2.6, dashArray: "1 6" };
    const closureStyle = (c) => closureStyles[c.closed ? 0 : 1];
    const map = L.map("map", { zoomSnap: 0.25, scrollWheelZoom: true, maxZoom: 18 });
    map.attributionControl.setPrefix("Leaflet");
    map.attributionControl.addAttribution(escape(data.credit));
    map.createPane("roads").style.zIndex = 350;
    map.createPane("numbers").style.zIndex = 620;
    map.getPane("numbers").style.pointerEvents = "none";
    const roadCanvas = L.canvas({ pane: "roads", padding: 0.3 });
    const vectors = L.svg({ padding: 0.5 });
    map.createPane("closures").style.zIndex = 450;
    const closed = L.svg({ pane: "closures", padding: 0.5 });
    const routes = [];
    const numbers = L.layerGroup().addTo(map);
    let selected = -1;
    let fitted = 0;

    const row = (name, value) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`;
    function popup(r, s) {
        const v = data.vehicles[r];
        return `<div class="popup"><b>${escape(s.name)}</b>${s.town ? `<span>${escape(s.town)}</span>` : ""}<table>` +
            row(t("vehicle"), `<i class="dot" style="background:${v.colour}"></i>${escape(v.title)} · ${s.n}/${v.stops.length}`) +
            row(t("arrive"), clock(s.arrive) + (s.begin > s.arrive ? ` (${t("begin")} ${clock(s.begin)})` : "")) + row(t("depart"), clock(s.depart)) +
            row(t("downp"), number(s.down, 0)) + row(t("upp"), number(s.up, 0)) + (s.produce ? row(t("producekg"), number(s.produce, 1)) : "") + (s.cold ? row(t("cold"), "✓") : "") +
            row(t("kg"), `${number(s.kg, 0)} / ${number(v.capacity_kg, 0)}`) + row(t("snap"), s.snap + " m") + (s.connector_m ? row(t("connector"), t("connectorof")(s.connector_m, Math.round(s.connector_s / 60))) : "") + row(t("code"), escape(s.code)) + "</table></div>";
    }
    function drawRoute(v, r) {
        const layer = L.layerGroup();
        const casing = L.polyline(paths[r], { renderer: vectors, color: "#fff", weight: 6.5, opacity: .85, interactive: false }).addTo(layer);
        const line = L.polyline(paths[r], { renderer: vectors, className: "route", color: v.colour, weight: 3.4, opacity: .95, dashArray: dash(r), lineCap: dash(r) ? "butt" : "round" })
            .bindTooltip(() => escape(v.title), { sticky: true }).on("click", () => page.onSelect(selected === r ? -1 : r)).addTo(layer);
        /* Beyond the last road: dotted, as nobody has seen the way there. */
        const connectors = (v.connectors || []).map((c) => L.polyline([[c.road_lat, c.road_lon], [c.lat, c.lon]], { renderer: vectors, className: "connector", color: v.colour, weight: connectorStyle.weight, opacity: .95, dashArray: connectorStyle.dashArray, lineCap: "round" })
            .bindTooltip(() => `${escape(c.name)} · ${t("connectorof")(c.m, Math.round(c.s / 60))}`, { sticky: true }).addTo(layer));
        const stops = v.stops.map((s) => L.circleMarker([s.lat, s.lon], { renderer: vectors, className: "stop", radius: 5, weight: 1.8, color: "#fff", fillColor: v.colour, fillOpacity: 1 })
            .bindTooltip(() => `${s.n}. ${escape(s.name)} ${clock(s.arrive)}`).bindPopup(() => popup(r, s), { maxWidth: 320 }).addTo(layer));
        routes[r] = { layer: layer.addTo(map), casing, line, connectors, stops, shown: true };
    }
    /* Above the routes, with a sign that is seen from afar. */
    function drawClosure(c, i) {
        const facts = data.kpi.closures[i], style = closureStyle(c), lines = c.lines.map(decode);
        const told = () => `${escape(facts.name)} · ${page.effect(facts)}`;
        const longest = lines.reduce((a, b) => b.length > a.length ? b : a, []);
        lines.forEach((line) => {
            L.polyline(line, { renderer: closed, pane: "closures", color: "#fff", weight: 7, opacity: .9, interactive: false }).addTo(map);
            L.polyline(line, { renderer: closed, pane: "closures", className: "closure", color: style.color, weight: style.weight, dashArray: style.dashArray, lineCap: "butt" }).bindTooltip(told, { sticky: true }).addTo(map);
        });
        if (longest.length && i < labelled_max)
            L.marker(longest[Math.floor(longest.length / 2)], { title: facts.name, alt: facts.name, icon: L.divIcon({ className: "", iconSize: [18, 18], html: `<div class="pin ${style.key}">${c.closed ? "–" : "!"}</div>` }) })
                .bindPopup(() => `<div class="popup"><b>${escape(facts.name)}</b><p>${page.effect(facts)}${facts.note ? " · " + escape(facts.note) : ""}</p></div>`).addTo(map);
    }
    function draw() {
        for (let k = roadStyles.length - 1; k >= 0; k--)
            if (data.roads[k] && data.roads[k].length)
                L.polyline(data.roads[k].map(decode), Object.assign({ renderer: roadCanvas, pane: "roads", interactive: false, lineJoin: "round" }, roadStyles[k])).addTo(map);
        data.closures.forEach(drawClosure);
        const points = [[data.hub.lat, data.hub.lon]];
        data.vehicles.forEach((v) => v.stops.forEach((s) => points.push([s.lat, s.lon])));
        const bases = new Map(); /* each once, with the vehicles that live there */
        data.vehicles.forEach((v) => { if (v.base && v.base.lat !== null) bases.set(v.base.code, (bases.get(v.base.code) || []).concat([v])); });
        bases.forEach((list) => points.push([list[0].base.lat, list[0].base.lon]));
        data.unserved.forEach((u) => { if (u.lat !== null) points.push([u.lat, u.lon]); });
        if (points.length > 1) map.fitBounds(L.latLngBounds(points), { padding: [28, 28] });
        else map.fitBounds([[data.bounds[1], data.bounds[0]], [data.bounds[3], data.bounds[2]]], { padding: [12, 12] });
        fitted = map.getZoom();
        data.vehicles.forEach(drawRoute);
        data.unserved.forEach((u) => {
            if (u.lat === null) return;
            L.marker([u.lat, u.lon], { title: u.name, alt: u.name, icon: L.divIcon({ className: "", iconSize: [18, 18], html: '<div class="pin left">×</div>' }) })
                .bindPopup(() => `<div class="popup"><b>${escape(u.name)}</b><p>${t("reasons")[u.reason]}${u.note ? " · " + escape(u.note[page.lang()]) : ""}</p></div>`).addTo(map);
        });
        bases.forEach((list) => {
            const base = list[0].base;
            L.marker([base.lat, base.lon], { title: base.name, alt: base.name, zIndexOffset: 1000, icon: L.divIcon({ className: "", iconSize: [22, 22], html: '<div class="pin base">⌂</div>' }) })
                .bindPopup(() => `<div class="popup"><b>${escape(base.name)}</b><p>${t("base")}</p><table>${list.map((v) => row(escape(v.title), `${clock(v.start)}–${clock(v.end)}`)).join("")}</table></div>`).addTo(map);
        });
        L.marker([data.hub.lat, data.hub.lon], { title: data.hub.name, alt: data.hub.name, zIndexOffset: 2000, icon: L.divIcon({ className: "", iconSize: [28, 28], html: '<div class="pin hub">★</div>' }) })
            .bindPopup(() => `<div class="popup"><b>${escape(data.hub.name)}</b><p>${t("hub")}</p></div>`).addTo(map);
        L.control.scale({ imperial: false }).addTo(map);
        map.on("moveend", label);
    }
    /* Numbers of the selected route, and of all routes once one has zoomed in. */
    function label() {
        numbers.clearLayers();
        const near = map.getZoom() >= fitted + 1.2, view = map.getBounds().pad(0.05);
        let n = 0;
        data.vehicles.forEach((v, r) => {
            if (!routes[r].shown || !(selected === r || near && selected < 0)) return;
            v.stops.forEach((s) => {
                if (n >= labelled_max || !view.contains([s.lat, s.lon])) return;
                n++;
                L.marker([s.lat, s.lon], { pane: "numbers", interactive: false, keyboard: false, icon: L.divIcon({ className: "", iconSize: [20, 20], html: `<div class="pin" style="background:${v.colour}">${s.n}</div>` }) }).addTo(numbers);
            });
        });
    }
    function select(r, zoom) {
        selected = r;
        routes.forEach((route, i) => {
            const dim = r >= 0 && i !== r;
            route.line.setStyle({ opacity: dim ? .22 : .95, weight: i === r ? 5 : 3.4 });
            route.casing.setStyle({ opacity: dim ? 0 : .85, weight: i === r ? 8.5 : 6.5 });
            route.connectors.forEach((connector) => connector.setStyle({ opacity: dim ? .22 : .95 }));
            route.stops.forEach((stop) => stop.setStyle({ fillOpacity: dim ? .2 : 1, opacity: dim ? .3 : 1 }));
        });
        if (r >= 0) {
            show(r, true);
            routes[r].casing.bringToFront();
            routes[r].line.bringToFront();
            routes[r].stops.forEach((stop) => stop.bringToFront());
            if (zoom && paths[r].length > 1) map.fitBounds(L.latLngBounds(paths[r]), { padding: [40, 40], animate: false });
        }
        label();
    }
    function show(r, shown) {
        if (routes[r].shown !== shown) {
            routes[r].shown = shown;
            if (shown) routes[r].layer.addTo(map); else routes[r].layer.remove();
        }
        label();
    }
    draw();
    return {
        paths, dash, select, show,
        shown: (r) => routes[r].shown,
        open: (r, i) => { show(r, true); const stop = data.vehicles[r].stops[i]; map.setView([stop.lat, stop.lon], Math.max(map.getZoom(), Math.min(fitted + 1.5, 15)), { animate: false }); routes[r].stops[i].openPopup(); },
        key: () => roadStyles.filter((s, k) => data.roads[k] && data.roads[k].length).concat(closureStyles.filter((s) => data.closures.some((c) => c.lines.length && closureStyle(c) === s)), data.vehicles.some((v) => v.connectors && v.connectors.length) ? [connectorStyle] : []),
        drawn: routes.length
    };
};
