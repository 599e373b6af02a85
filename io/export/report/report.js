"use strict";
(function () {
    const data = JSON.parse(document.getElementById("data").textContent);
    const kpi = data.kpi;
    const words = {
        zh: {
            figures: "主要指标", map: "线路图", timeline: "车辆时间轴", service: "成本与时限", stops: "停靠明细", sheets: "派车单", assumed: "采用的默认参数",
            synthetic: "虚构县域", unserved: "未服务的村点", costs: "当日成本构成(元)", hours: "到村时长分布", print: "打印派车单(A4)",
            sheetnote: "每辆车一页,列出停靠顺序、到达时刻与装卸件数。", assumednote: "情景文件没有给出、由程序默认值代替的参数。来源等级:A 官方,B 期刊或中央媒体,C 地方单一来源,D 由表列数据推算,X 工程假定。",
            subtitle: (d) => `计划日期 ${d.date} · ${kpi.vehicles_used} 辆车 · ${kpi.places_served}/${kpi.places} 个村点 · 向导 Xiangdao`,
            total: "当日运营成本", perparcel: "单件成本", km: "行驶里程", duty: "出车总时长", vehicles: "用车", coverage: "村点覆盖率", down: "到村(下行)平均", up: "到县(上行)平均",
            ontime: "下行准点率", load: "实载率", co2: "二氧化碳", left: "未服务停靠", parcels: "下行件数", upparcels: "上行件数", produce: "农产品上行",
            yuan: "元", h: "小时", all: "全选", none: "全不选", hub: "县级中心", arrive: "到达", begin: "开始", depart: "离开", place: "村点", code: "区划代码", vehicle: "车辆", seq: "序号",
            downp: "下行件", upp: "上行件", producekg: "农产品kg", cold: "冷藏", legkm: "里程km", kg: "离站载重kg", sign: "签收", reason: "原因", price: "未服务代价(元)",
            drive: "行驶", serve: "装卸", wait: "等候", find: "按村名、代码或车辆查找", parameter: "参数", value: "取值", unit: "单位", grade: "等级",
            fixed: "车辆固定", drivers: "驾驶员", energy: "能源", other: "其他里程", hourly: "按时计费", handling: "分拣操作", agents: "村点代办费", villages: "村点数",
            major: "主要道路", minor: "县乡道路", village: "村道", track: "机耕道", ferry: "轮渡", leave: "出发", back: "返回", driver: "驾驶员签字", date: "日期", loadout: "出车装载", stopcount: "停靠", dutyh: "工时",
            mean: "平均", p90: "九成以内", max: "最长", reasons: { choice: "服务成本高于未服务代价", capacity: "任何车辆都装不下", unreachable: "道路不可达", time: "时间窗、班次、时长或续航不允许", feature: "缺少所需车辆(如冷藏车)" }, snap: "距路网"
        },
        en: {
            figures: "Key figures", map: "Route map", timeline: "Vehicle timeline", service: "Cost and delivery time", stops: "Stops", sheets: "Driver sheets", assumed: "Assumed parameters",
            synthetic: "synthetic county", unserved: "Places left unserved", costs: "Cost of the day (yuan)", hours: "Hours from hub to village", print: "Print driver sheets (A4)",
            sheetnote: "One page a vehicle: order of stops, times, pieces to drop and collect.", assumednote: "Parameters that the scenario does not give, so the program's defaults stand in. Grade of the source: A official, B peer-reviewed or national press, C single local source, D derived, X engineering assumption.",
            subtitle: (d) => `Plan for ${d.date} · ${kpi.vehicles_used} vehicles · ${kpi.places_served}/${kpi.places} places · Xiangdao`,
            total: "Operating cost of the day", perparcel: "Cost per parcel", km: "Distance", duty: "Duty time", vehicles: "Vehicles", coverage: "Places covered", down: "Hub to village, mean", up: "Village to hub, mean",
            ontime: "On time (down)", load: "Load factor", co2: "CO₂", left: "Stops unserved", parcels: "Parcels down", upparcels: "Parcels up", produce: "Produce up",
            yuan: "yuan", h: "h", all: "All", none: "None", hub: "County hub", arrive: "Arrive", begin: "Begin", depart: "Leave", place: "Place", code: "Code", vehicle: "Vehicle", seq: "No.",
            downp: "Down", upp: "Up", producekg: "Produce kg", cold: "Cold", legkm: "km", kg: "Load after, kg", sign: "Signed", reason: "Reason", price: "Price of leaving (yuan)",
            drive: "driving", serve: "service", wait: "waiting", find: "Find a place, code or vehicle", parameter: "Parameter", value: "Value", unit: "Unit", grade: "Grade",
            fixed: "Vehicles, fixed", drivers: "Drivers", energy: "Energy", other: "Other distance", hourly: "Hourly", handling: "Handling", agents: "Village agents", villages: "places",
            major: "main roads", minor: "county and township roads", village: "village roads", track: "tracks", ferry: "ferry", leave: "Leave", back: "Back", driver: "Driver's signature", date: "Date", loadout: "Loaded at start", stopcount: "Stops", dutyh: "Duty",
            mean: "mean", p90: "90 % within", max: "longest", reasons: { choice: "serving costs more than leaving", capacity: "no vehicle can carry it", unreachable: "no road", time: "outside windows, shift, duration or range", feature: "no vehicle of the kind needed (e.g. refrigerated)" }, snap: "from the road"
        }
    };
    let lang = data.lang;
    const t = (key) => words[lang][key];
    const $ = (id) => document.getElementById(id);
    const escape = (text) => String(text).replace(/[&<>"']/g, (c) => "&#" + c.charCodeAt(0) + ";");
    const clock = (s) => { const m = Math.floor(s / 60); return String(Math.floor(m / 60)).padStart(2, "0") + ":" + String(m % 60).padStart(2, "0"); };
    const number = (v, digits) => v === null || v === undefined ? "–" : Number(v).toLocaleString(lang === "zh" ? "zh-CN" : "en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits });

    /* Points come as differences of 1e-5 degrees, zigzag, five bits a character. */
    function decode(text) {
        const points = [];
        let lat = 0, lon = 0, i = 0;
        const next = () => { let shift = 0, value = 0, byte; do { byte = text.charCodeAt(i++) - 63; value |= (byte & 31) << shift; shift += 5; } while (byte >= 32); return value & 1 ? ~(value >> 1) : value >> 1; };
        while (i < text.length) { lat += next(); lon += next(); points.push([lat / 1e5, lon / 1e5]); }
        return points;
    }

    /* ---- map ---- */
    const roadStyles = [
        { key: "major", color: "#c9a227", weight: 3.2 }, { key: "minor", color: "#b9b2a3", weight: 2 }, { key: "village", color: "#d3cec3", weight: 1.2 },
        { key: "track", color: "#d3cec3", weight: 1, dashArray: "3 4" }, { key: "ferry", color: "#5aa0d6", weight: 1.6, dashArray: "6 5" }];
    const map = L.map("map", { preferCanvas: true, zoomSnap: 0.25, attributionControl: true });
    map.attributionControl.setPrefix("Leaflet");
    map.attributionControl.addAttribution(escape(data.credit));
    const routeLayers = [];
    function popup(v, s) {
        const row = (name, value) => `<tr><td>${name}</td><td>${value}</td></tr>`;
        return `<div class="popup"><b>${escape(s.name)}</b><table>` + row(t("code"), escape(s.code)) + row(t("vehicle"), escape(v.title)) + row(t("arrive"), clock(s.arrive)) + row(t("depart"), clock(s.depart)) +
            row(t("downp"), s.down) + row(t("upp"), s.up) + (s.produce ? row(t("producekg"), number(s.produce, 1)) : "") + (s.cold ? row(t("cold"), "✓") : "") + row(t("snap"), s.snap + " m") + "</table></div>";
    }
    function drawMap() {
        for (let k = roadStyles.length - 1; k >= 0; k--)
            if (data.roads[k] && data.roads[k].length)
                L.polyline(data.roads[k].map(decode), Object.assign({ interactive: false, opacity: 1, lineJoin: "round" }, roadStyles[k])).addTo(map);
        data.vehicles.forEach((v, r) => {
            const layer = L.layerGroup();
            const line = decode(v.path);
            L.polyline(line, { color: "#fff", weight: 6, opacity: .75, interactive: false }).addTo(layer);
            L.polyline(line, { color: v.colour, weight: 3.4, opacity: .95 }).bindTooltip(() => escape(v.title), { sticky: true }).addTo(layer);
            v.stops.forEach((s) => {
                L.marker([s.lat, s.lon], { icon: L.divIcon({ className: "", iconSize: [20, 20], html: `<div class="pin" style="width:20px;height:20px;background:${v.colour}">${s.n}</div>` }), keyboard: false }).bindPopup(() => popup(v, s)).addTo(layer);
            });
            routeLayers[r] = layer.addTo(map);
        });
        data.unserved.forEach((u) => {
            if (u.lat === null) return;
            L.marker([u.lat, u.lon], { icon: L.divIcon({ className: "", iconSize: [18, 18], html: '<div class="pin left" style="width:18px;height:18px">×</div>' }), keyboard: false }).bindPopup(() => `<div class="popup"><b>${escape(u.name)}</b><br>${t("reasons")[u.reason]}</div>`).addTo(map);
        });
        L.marker([data.hub.lat, data.hub.lon], { zIndexOffset: 2000, icon: L.divIcon({ className: "", iconSize: [28, 28], html: '<div class="pin hub" style="width:28px;height:28px">★</div>' }) }).bindPopup(() => `<b>${escape(data.hub.name)}</b><br>${t("hub")}`).addTo(map);
        L.control.scale({ imperial: false }).addTo(map);
        map.fitBounds([[data.bounds[1], data.bounds[0]], [data.bounds[3], data.bounds[2]]], { padding: [12, 12] });
    }
    function vehicleList() {
        const box = $("vehicles");
        const shown = routeLayers.map((layer) => map.hasLayer(layer));
        box.innerHTML = `<div class="all"><button type="button" data-all="1">${t("all")}</button><button type="button" data-all="0">${t("none")}</button></div>` + data.vehicles.map((v, r) =>
            `<label><input type="checkbox" data-route="${r}" ${shown[r] ? "checked" : ""}><i style="background:${v.colour}"></i><span>${escape(v.title)}<small>${clock(v.start)}–${clock(v.end)} · ${v.stops.length} ${t("stopcount")} · ${number(v.km, 1)} km</small></span></label>`).join("");
        box.querySelectorAll("input").forEach((input) => input.addEventListener("change", () => { const layer = routeLayers[+input.dataset.route]; if (input.checked) layer.addTo(map); else layer.remove(); }));
        box.querySelectorAll("button").forEach((button) => button.addEventListener("click", () => {
            routeLayers.forEach((layer) => { if (button.dataset.all === "1") layer.addTo(map); else layer.remove(); });
            box.querySelectorAll("input").forEach((input) => { input.checked = button.dataset.all === "1"; });
        }));
        $("mapkey").innerHTML = roadStyles.filter((s, k) => data.roads[k] && data.roads[k].length).map((s) => `<span><i style="background:${s.color}"></i>${t(s.key)}</span>`).join("");
    }

    /* ---- figures ---- */
    function cards() {
        const down = kpi.hub_to_village_hours.by_parcel, up = kpi.village_to_hub_hours.by_parcel;
        const list = [
            [number(kpi.cost_yuan.total, 0), t("yuan"), t("total")], [number(kpi.cost_per_parcel_yuan, 2), t("yuan"), t("perparcel")],
            [`${kpi.vehicles_used}`, "/ " + kpi.vehicles_available, t("vehicles")], [number(kpi.coverage_percent, 1), "%", t("coverage")],
            [number(down.mean, 1), t("h"), t("down")], [number(up.mean, 1), t("h"), t("up")], [number(down.on_time_percent, 1), "%", t("ontime")],
            [number(kpi.length_km, 0), "km", t("km")], [number(kpi.duty_hours, 1), t("h"), t("duty")], [number(kpi.load_factor_percent, 1), "%", t("load")],
            [number(kpi.down_parcels, 0), "", t("parcels")], [number(kpi.up_parcels, 0), "", t("upparcels")], [number(kpi.produce_kg, 0), "kg", t("produce")], [number(kpi.co2_kg, 0), "kg", t("co2")]];
        if (kpi.stops_unserved) list.push([kpi.stops_unserved, "", t("left"), true]);
        $("cards").innerHTML = list.map((c) => `<div class="card${c[3] ? " warn" : ""}"><b>${c[0]}<small>${c[1]}</small></b><span>${c[2]}</span></div>`).join("");
    }
    function costBars() {
        const c = kpi.cost_yuan;
        const items = [["drivers", c.drivers], ["fixed", c.vehicles_fixed], ["energy", c.energy], ["other", c.other_distance], ["hourly", c.hourly], ["agents", c.agents], ["handling", c.handling]].filter((i) => i[1] > 0);
        const top = Math.max(1, ...items.map((i) => i[1]));
        $("costs").innerHTML = items.map((i) => `<div class="bar"><span>${t(i[0])}</span><i style="width:${100 * i[1] / top}%"></i><em>${number(i[1], 2)}</em></div>`).join("");
    }
    function hourBars() {
        const hours = data.places.filter((p) => p.down >= 0).map((p) => p.down / 3600);
        const d = kpi.hub_to_village_hours.by_village;
        const last = Math.max(1, Math.ceil(Math.max(0, ...hours)));
        const counts = Array.from({ length: last }, (_, h) => hours.filter((x) => x >= h && (x < h + 1 || h === last - 1 && x <= last)).length);
        const top = Math.max(1, ...counts);
        $("hours").innerHTML = `<p class="note">${t("mean")} ${number(d.mean, 2)} ${t("h")} · ${t("p90")} ${number(d.p90, 2)} ${t("h")} · ${t("max")} ${number(d.max, 2)} ${t("h")}</p>` +
            counts.map((n, h) => `<div class="bar"><span>${h}–${h + 1} ${t("h")}</span><i style="width:${100 * n / top}%"></i><em>${n} ${t("villages")}</em></div>`).join("");
    }

    /* ---- timeline ---- */
    function gantt() {
        const first = Math.floor(Math.min(...data.vehicles.map((v) => v.start), 86400) / 3600), last = Math.ceil(Math.max(...data.vehicles.map((v) => v.end), 0) / 3600);
        if (!data.vehicles.length) { $("gantt").innerHTML = ""; return; }
        const left = 130, width = 1200, row = 24, height = data.vehicles.length * row + 26;
        const x = (s) => left + (s / 3600 - first) / Math.max(1, last - first) * (width - left - 10);
        let svg = `<svg viewBox="0 0 ${width} ${height}" width="100%" role="img">`;
        for (let h = first; h <= last; h++) svg += `<line x1="${x(h * 3600)}" x2="${x(h * 3600)}" y1="18" y2="${height}" stroke="#e5eaee"/><text x="${x(h * 3600)}" y="12" text-anchor="middle">${h}:00</text>`;
        data.vehicles.forEach((v, r) => {
            const y = 22 + r * row;
            svg += `<text x="${left - 8}" y="${y + 14}" text-anchor="end">${escape(v.title)}</text><rect x="${x(v.start)}" y="${y + 7}" width="${Math.max(1, x(v.end) - x(v.start))}" height="5" fill="${v.colour}" opacity=".45"><title>${t("drive")}</title></rect>`;
            v.stops.forEach((s) => {
                if (s.begin > s.arrive) svg += `<rect x="${x(s.arrive)}" y="${y + 4}" width="${x(s.begin) - x(s.arrive)}" height="11" fill="#e2c15b"><title>${t("wait")} ${clock(s.arrive)}–${clock(s.begin)}</title></rect>`;
                svg += `<rect x="${x(s.begin)}" y="${y + 2}" width="${Math.max(1.5, x(s.depart) - x(s.begin))}" height="15" rx="1.5" fill="${v.colour}"><title>${s.n}. ${escape(s.name)} ${clock(s.begin)}–${clock(s.depart)}</title></rect>`;
            });
        });
        $("gantt").innerHTML = svg + "</svg>";
        $("ganttkey").innerHTML = `<span><i style="background:#0b6fb8;opacity:.45;height:5px"></i>${t("drive")}</span><span><i style="background:#0b6fb8"></i>${t("serve")}</span><span><i style="background:#e2c15b"></i>${t("wait")}</span>`;
    }

    /* ---- tables ---- */
    let order = { column: 0, up: true };
    function stopTable() {
        const columns = [["vehicle", (v) => v.title], ["seq", (v, s) => s.n, 1], ["place", (v, s) => s.name], ["code", (v, s) => s.code], ["arrive", (v, s) => s.arrive, 0, clock], ["depart", (v, s) => s.depart, 0, clock],
            ["downp", (v, s) => s.down, 1], ["upp", (v, s) => s.up, 1], ["producekg", (v, s) => s.produce, 1, (x) => x ? number(x, 1) : ""], ["cold", (v, s) => s.cold ? "✓" : ""], ["legkm", (v, s) => s.km, 1, (x) => number(x, 1)], ["kg", (v, s) => s.kg, 1, (x) => number(x, 0)]];
        const wanted = $("find").value.trim().toLowerCase();
        const rows = [];
        data.vehicles.forEach((v, r) => v.stops.forEach((s) => { if (!wanted || (s.name + " " + s.code + " " + v.title).toLowerCase().includes(wanted)) rows.push([r, v, s]); }));
        const key = columns[order.column][1];
        rows.sort((a, b) => { const x = key(a[1], a[2]), y = key(b[1], b[2]); const c = order.column === 0 ? a[0] - b[0] : typeof x === "number" ? x - y : String(x).localeCompare(String(y)); return (order.up ? c : -c) || a[0] - b[0] || a[2].n - b[2].n; });
        $("stoptable").innerHTML = "<thead><tr>" + columns.map((c, i) => `<th class="${c[2] ? "n" : ""}" data-column="${i}">${t(c[0])}${order.column === i ? (order.up ? " ▲" : " ▼") : ""}</th>`).join("") + "</tr></thead><tbody>" +
            rows.map((r) => "<tr>" + columns.map((c) => { const value = c[1](r[1], r[2]); return `<td class="${c[2] ? "n" : ""}">${escape(c[3] ? c[3](value) : value)}</td>`; }).join("") + "</tr>").join("") + "</tbody>";
        $("stoptable").querySelectorAll("th").forEach((th) => th.addEventListener("click", () => { const column = +th.dataset.column; order = { column, up: order.column === column ? !order.up : true }; stopTable(); }));
    }
    function leftTable() {
        $("left").hidden = !data.unserved.length;
        $("lefttable").innerHTML = `<thead><tr><th>${t("place")}</th><th>${t("code")}</th><th>${t("reason")}</th><th class="n">${t("downp")}</th><th class="n">${t("upp")}</th><th class="n">${t("producekg")}</th><th class="n">${t("price")}</th></tr></thead><tbody>` +
            data.unserved.map((u) => `<tr><td>${escape(u.name)}</td><td>${escape(u.code)}</td><td>${t("reasons")[u.reason]}${u.note ? " · " + escape(u.note[lang]) : ""}</td><td class="n">${u.down}</td><td class="n">${u.up}</td><td class="n">${number(u.produce, 1)}</td><td class="n">${number(u.price, 2)}</td></tr>`).join("") + "</tbody>";
    }
    function sheets() {
        $("sheetlist").innerHTML = data.vehicles.map((v) => `<article class="sheet"><h3>${t("sheets")} · ${escape(v.title)}</h3><p class="facts">${escape(data.name)} · ${data.date} · ${t("leave")} ${clock(v.start)} · ${t("back")} ${clock(v.end)} · ${v.stops.length} ${t("stopcount")} · ${number(v.km, 1)} km · ${t("loadout")} ${number(v.load_kg, 1)} kg / ${number(v.load_m3, 2)} m³</p><table><thead><tr>` +
            ["seq", "place", "arrive", "depart", "downp", "upp", "producekg", "cold", "legkm"].map((k) => `<th>${t(k)}</th>`).join("") + `<th class="sign">${t("sign")}</th></tr></thead><tbody>` +
            v.stops.map((s) => `<tr><td class="n">${s.n}</td><td>${escape(s.name)}<br><span class="note">${escape(s.code)}</span></td><td>${clock(s.arrive)}</td><td>${clock(s.depart)}</td><td class="n">${s.down || ""}</td><td class="n">${s.up || ""}</td><td class="n">${s.produce ? number(s.produce, 1) : ""}</td><td>${s.cold ? "✓" : ""}</td><td class="n">${number(s.km, 1)}</td><td></td></tr>`).join("") +
            `</tbody></table><div class="foot"><span>${t("driver")}: ____________</span><span>${t("date")}: ____________</span></div></article>`).join("");
    }
    function assumedTable() {
        $("assumedtable").innerHTML = `<thead><tr><th>${t("parameter")}</th><th class="n">${t("value")}</th><th>${t("unit")}</th><th>${t("grade")}</th></tr></thead><tbody>` +
            data.assumed.map((a) => `<tr><td>${escape(a.label[lang])} <span class="note">${escape(a.key)}</span></td><td class="n">${escape(a.value)}</td><td>${escape(a.unit[lang])}</td><td>${escape(a.grade)}</td></tr>`).join("") + "</tbody>";
    }

    function render() {
        document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
        document.title = data.name + " · " + t("map");
        document.querySelectorAll("[data-t]").forEach((e) => { e.textContent = t(e.dataset.t); });
        document.querySelectorAll("[data-lang]").forEach((b) => b.classList.toggle("on", b.dataset.lang === lang));
        $("title").textContent = data.name;
        $("subtitle").textContent = t("subtitle")(data);
        $("synthetic").hidden = !data.synthetic;
        $("find").placeholder = t("find");
        $("credit").textContent = data.credit + " · Xiangdao 向导 · " + data.identity;
        cards(); vehicleList(); gantt(); costBars(); hourBars(); leftTable(); stopTable(); sheets(); assumedTable();
    }
    document.querySelectorAll("[data-lang]").forEach((b) => b.addEventListener("click", () => { lang = b.dataset.lang; render(); }));
    $("find").addEventListener("input", stopTable);
    $("printsheets").addEventListener("click", () => { document.body.classList.add("sheets-only"); window.print(); document.body.classList.remove("sheets-only"); });
    drawMap();
    render();
    document.body.dataset.ready = "yes";
})();
