"use strict";
/* The page's texts. Both languages have the same keys. */
window.reportWords = {
    zh: {
        kind: "县乡村三级物流日计划", figures: "主要指标", map: "线路图", timeline: "车辆时间轴", service: "成本与时限", service2: "在途时长与准点率", stops: "停靠明细", sheets: "派车单", assumed: "采用的默认参数",
        synthetic: "虚构县域", unserved: "未服务的村点", costs: "当日运营成本构成", hours: "时长分布（村点数）", print: "打印派车单（A4）",
        subtitle: (d, k) => `计划日期 ${d.date} · ${k.vehicles_used} 辆车出车 · ${k.places_served}/${k.places} 个村点`,
        sheetnote: "每辆车一页 A4:停靠顺序、时刻、装卸件数与行车简图。", sheet: "派车单",
        timelinenote: "点击一行或地图上的线路，即突出显示该车；再次点击恢复。", servicenote: "上行时长自村点装车起至回到县级中心；下行时长自中心放行起至村点开始卸货。准点按情景中的承诺时限计算；偏远村点为路程最远的五分之一。",
        assumednote: "情景文件没有给出、由程序默认值代替的参数。来源等级：A 官方，B 期刊或中央媒体，C 地方单一来源，D 由表列数据推算，X 工程假定。",
        total: "当日运营成本", perparcel: "单件成本", perparcelnote: "农产品按件重折算", km: "行驶里程", empty: "空驶里程", duty: "出车总时长", vehicles: "出车", ofvehicles: (n) => `车队共 ${n} 辆`, coverage: "村点覆盖率",
        ofplaces: (a, b) => `${b} 个村点中的 ${a} 个`, down: "到村（下行）平均", up: "到县（上行）平均", spread: (p, m) => `九成 ${p} · 最长 ${m} 小时`,
        ontime: "下行准点率", uptime: (p) => `上行 ${p}`, load: "实载率", co2: "二氧化碳", leftnote: (n) => `${n} 个停靠未服务，原因见下表`, ofkm: (n) => `每公里 ${n} 元`, wait2: "等候总时长", parcels: "下行件数", upparcels: "上行件数", produce: "农产品上行",
        ofasked: (n) => `需求 ${n}`, energy2: "能源", diesel: "柴油", petrol: "汽油", electricity: "电",
        yuan: "元", h: "小时", all: "全选", none: "全不选", reset: "全部显示", hub: "县级中心", arrive: "到达", begin: "开始", depart: "离开", place: "村点", town: "乡镇", code: "区划代码", vehicle: "车辆", seq: "序号",
        downp: "下行件", upp: "上行件", producekg: "农产品 kg", cold: "冷藏", legkm: "里程 km", kg: "离站载重 kg", m3: "离站体积 m³", sign: "签收", reason: "原因", price: "未服务代价（元）",
        drive: "行驶", serve: "装卸", wait: "等候", find: "按村名、乡镇或代码查找", allvehicles: "全部车辆", foundrows: (a, b) => a === b ? `共 ${b} 个停靠` : `${b} 个停靠中的 ${a} 个`, parameter: "参数", value: "取值", unit: "单位", grade: "等级",
        fixed: "车辆固定", drivers: "驾驶员", energy: "能源", other: "其他里程", hourly: "按时计费", handling: "分拣操作", agents: "村点代办费", villages: "村点",
        major: "主要道路", minor: "县乡道路", village: "村道", track: "机耕道", ferry: "轮渡", leave: "出发", back: "返回", driver: "驾驶员签字", keeper: "调度签字", date: "日期", loadout: "出车装载", stopcount: "停靠", peak: "最高装载", drivetime: "行驶", remarks: "备注",
        mean: "平均", p90: "九成以内", max: "最长", samples: "样本", byparcel: "按件", byvillage: "按村点", near: "较近村点", remote: "偏远村点", downward: "下行（中心→村）", upward: "上行（村→中心）", share: "准点",
        reasons: { choice: "服务成本高于未服务代价", capacity: "任何车辆都装不下", unreachable: "道路不可达", time: "时间窗、班次、时长或续航不允许", feature: "缺少所需车辆（如冷藏车）", fleet: "可用车辆均已派出" }, snap: "距路网", novehicles: "没有车辆出车。", nostops: "没有符合条件的停靠。", noassumed: "全部参数均由情景给出。", nocost: "没有产生成本。",
        closures: "当日封路与限速", closure: "封路或限速", effect: "影响", when: "时间", roadkm: "道路 km", closed: "道路封闭", slowed: "道路减速", ofspeed: (n) => `车速降至 ${n}%`, atmost: (n) => `限速 ${n} km/h`, forward: "正向", backward: "反向", always: "一直", inmonths: (m) => `${m} 月`,
        connector: "直线接驳（地图无路）", connectorof: (m, min) => `直线接驳 ${m} 米，约 ${min} 分钟（地图无路）`, connectorsum: (n, km) => `${n} 处 · ${km} km`,
        returnhub: "返回县级中心", fromhub: "县级中心出发", frombase: "驻地出发（空车）", returnbase: "返回驻地（空车）", base: "车辆驻地", baseways: "往返驻地（空驶）", totals: "合计"
    },
    en: {
        kind: "County, township and village logistics: plan of the day", figures: "Key figures", map: "Route map", timeline: "Vehicle timeline", service: "Cost and service", service2: "Hours on the way and on-time share", stops: "Stops", sheets: "Driver sheets", assumed: "Assumed parameters",
        synthetic: "synthetic county", unserved: "Left unserved", costs: "Operating cost of the day", hours: "Spread of hours (places)", print: "Print driver sheets (A4)",
        subtitle: (d, k) => `Plan for ${d.date} · ${k.vehicles_used} vehicles out · ${k.places_served} of ${k.places} places served`,
        sheetnote: "One A4 page a vehicle: order of stops, times, pieces to drop and collect, sketch of the way.", sheet: "Driver sheet",
        timelinenote: "Click a row, or a route on the map, to bring out that vehicle; click again to see all.", servicenote: "Upward hours run from loading in the village to the return to the hub, downward hours from the hub's release to unloading in the village. On time: within the scenario's promise. Remote: the farthest fifth of the places.",
        assumednote: "Parameters that the scenario does not give, so the program's defaults stand in. Grade of the source: A official, B peer-reviewed or national press, C single local source, D derived, X engineering assumption.",
        total: "Operating cost", perparcel: "Cost per parcel", perparcelnote: "produce counted by parcel weight", km: "Distance driven", empty: "driven empty", duty: "Duty time", vehicles: "Vehicles out", ofvehicles: (n) => `of a fleet of ${n}`, coverage: "Places covered",
        ofplaces: (a, b) => `${a} of ${b} places`, down: "Hub to village, mean", up: "Village to hub, mean", spread: (p, m) => `p90 ${p} · max ${m} h`,
        ontime: "On time, hub to village", uptime: (p) => `village to hub ${p}`, load: "Load factor", co2: "CO₂", leftnote: (n) => `${n} ${n === "1" ? "stop" : "stops"} unserved, reasons below`, ofkm: (n) => `${n} yuan a kilometre`, wait2: "Waiting", parcels: "Parcels down", upparcels: "Parcels up", produce: "Produce up",
        ofasked: (n) => `of ${n} asked`, energy2: "Energy", diesel: "diesel", petrol: "petrol", electricity: "electricity",
        yuan: "yuan", h: "h", all: "All", none: "None", reset: "Show all", hub: "County hub", arrive: "Arrive", begin: "Begin", depart: "Leave", place: "Place", town: "Township", code: "Code", vehicle: "Vehicle", seq: "No.",
        downp: "Down", upp: "Up", producekg: "Produce kg", cold: "Cold", legkm: "km", kg: "Load after kg", m3: "Load after m³", sign: "Signed", reason: "Reason", price: "Price of leaving (yuan)",
        drive: "driving", serve: "service", wait: "waiting", find: "Find a place, township or code", allvehicles: "All vehicles", foundrows: (a, b) => a === b ? `${b} stops` : `${a} of ${b} stops`, parameter: "Parameter", value: "Value", unit: "Unit", grade: "Grade",
        fixed: "Vehicles, fixed", drivers: "Drivers", energy: "Energy", other: "Other distance", hourly: "Hourly", handling: "Handling", agents: "Village agents", villages: "places",
        major: "main roads", minor: "county and township roads", village: "village roads", track: "tracks", ferry: "ferry", leave: "Leave", back: "Back", driver: "Driver", keeper: "Dispatcher", date: "Date", loadout: "Loaded at start", stopcount: "stops", peak: "Peak load", drivetime: "Driving", remarks: "Remarks",
        mean: "Mean", p90: "p90", max: "Max", samples: "Samples", byparcel: "by parcel", byvillage: "by village", near: "near villages", remote: "remote villages", downward: "Hub to village", upward: "Village to hub", share: "On time",
        reasons: { choice: "serving costs more than leaving", capacity: "no vehicle can carry it", unreachable: "no road leads there", time: "outside windows, shift, duration or range", feature: "no vehicle of the kind needed (e.g. refrigerated)", fleet: "all vehicles that could serve it are out" }, snap: "from the road", novehicles: "No vehicle is used.", nostops: "No stop fits.", noassumed: "The scenario gives every parameter.", nocost: "Nothing is spent.",
        closures: "Closures and slow-downs of the day", closure: "Closure", effect: "Effect", when: "When", roadkm: "Road km", closed: "closed", slowed: "slowed down", ofspeed: (n) => `${n} % of the speed`, atmost: (n) => `at most ${n} km/h`, forward: "forward", backward: "backward", always: "always", inmonths: (m) => `months ${m}`,
        connector: "Straight line (no mapped road)", connectorof: (m, min) => `straight line of ${m} m, about ${min} min (no mapped road)`, connectorsum: (n, km) => `${n} ${n === 1 ? "place" : "places"} · ${km} km`,
        returnhub: "back at the hub", fromhub: "load and leave the hub", frombase: "start here, drive empty to the hub", returnbase: "back at the base", base: "Base of a vehicle", baseways: "empty, from or to the base", totals: "Total"
    }
};
