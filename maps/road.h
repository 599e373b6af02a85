/* What the map says of a way or node, decoded from tags once, before any vehicle looks at it. */
#ifndef XD_MAPS_ROAD_H
#define XD_MAPS_ROAD_H

#include "maps/clause.h"
#include "maps/osm_object.h"
#include "maps/road_doubt.h"

/* highway=* classes that can carry a vehicle; links share their class with the link flag. */
enum xd_road_class {
    XD_ROAD_MOTORWAY,
    XD_ROAD_TRUNK,
    XD_ROAD_PRIMARY,
    XD_ROAD_SECONDARY,
    XD_ROAD_TERTIARY,
    XD_ROAD_UNCLASSIFIED, /* also highway=road */
    XD_ROAD_RESIDENTIAL,
    XD_ROAD_LIVING_STREET,
    XD_ROAD_SERVICE,
    XD_ROAD_TRACK,
    XD_ROAD_PATH, /* path, footway, bridleway, pedestrian, steps, cycleway: kept for walking only */
    XD_ROAD_FERRY,
    XD_ROAD_CLASSES_N
};

/* highway:CN=0..4, the technical grade of JTG B01 (design speed); words are taken too, also those of the administrative rank (county, village ...),
 * which stand for the grade that such roads commonly have. */
enum xd_road_cn {
    XD_ROAD_CN_NONE,
    XD_ROAD_CN_EXPRESSWAY, /* 0 高速 */
    XD_ROAD_CN_GRADE_1,
    XD_ROAD_CN_GRADE_2,
    XD_ROAD_CN_GRADE_3,
    XD_ROAD_CN_GRADE_4,
    XD_ROAD_CN_UNGRADED, /* 等外 */
    XD_ROAD_CN_N
};

/* From good to bad; UNKNOWN = not tagged or an unknown value. */
enum xd_road_surface {
    XD_SURFACE_UNKNOWN,
    XD_SURFACE_PAVED,
    XD_SURFACE_CONCRETE_PLATES,
    XD_SURFACE_COBBLE,
    XD_SURFACE_COMPACTED,
    XD_SURFACE_GRAVEL, /* also surface=unpaved */
    XD_SURFACE_DIRT,
    XD_SURFACE_MUD,
    XD_SURFACES_N
};

/* END_ONLY: private, destination, delivery and their like: to be used at the end of a trip, not to pass through. */
enum xd_access { XD_ACCESS_UNSET, XD_ACCESS_YES, XD_ACCESS_END_ONLY, XD_ACCESS_NO };

/* Keys of the access hierarchy, general to special: a vehicle takes the most special one that is set (goods before motor_vehicle ...). */
enum xd_access_key {
    XD_KEY_ACCESS,
    XD_KEY_VEHICLE,
    XD_KEY_MOTOR_VEHICLE,
    XD_KEY_MOTORCAR,
    XD_KEY_GOODS,
    XD_KEY_HGV,
    XD_KEY_PSV,
    XD_KEY_BUS,
    XD_KEY_MINIBUS,
    XD_KEY_TOURIST_BUS,
    XD_KEY_FOOT,
    XD_ACCESS_KEYS_N
};

enum xd_oneway {
    XD_ONEWAY_UNSET,
    XD_ONEWAY_NO,
    XD_ONEWAY_FORWARD,    /* with the drawing order */
    XD_ONEWAY_BACKWARD,   /* against it */
    XD_ONEWAY_CLOSED,     /* reversible: which way it is open is not in the map, so that no plan may rest on it */
    XD_ONEWAY_ALTERNATING /* one lane used in turns */
};

/* What one key of the hierarchy says. This struct and those below have no padding: they are kept byte by byte (maps/network_sections.c). */
struct xd_road_rule {
    uint8_t forward : 2, backward : 2; /* enum xd_access */
    uint8_t oneway : 3;                /* enum xd_oneway; implied ones stand at XD_KEY_ACCESS */
    uint8_t spare : 1;
};

/* Whom a limit is told for: everybody, or those who obey goods or hgv. */
enum xd_limit_group { XD_LIMIT_ALL, XD_LIMIT_GOODS, XD_LIMIT_HGV, XD_LIMIT_GROUPS_N };
enum xd_speed_group { XD_SPEED_ALL, XD_SPEED_HGV, XD_SPEED_BUS, XD_SPEED_GROUPS_N };

struct xd_road_limits {       /* 0 = not told */
    uint16_t maxweight_100kg; /* the least of maxweight, maxweightrating, maxgcweight, maxgcweightrating */
    uint16_t maxaxleload_100kg;
    uint16_t maxheight_cm, maxwidth_cm, maxlength_cm; /* here and above for :hgv and :goods only what is told with that ending */
};

enum {
    XD_ROAD_LINK = 1,
    XD_ROAD_ROUNDABOUT = 2,
    XD_ROAD_BRIDGE = 4,
    XD_ROAD_TUNNEL = 8,
    XD_ROAD_TOLL = 16,
    XD_ROAD_SEASONAL = 32,
    XD_ROAD_MOTORROAD = 64,        /* closed to whom motorways are closed */
    XD_ROAD_WIDTH_ESTIMATED = 128, /* est_width: slows, closes to nobody */
    XD_ROAD_MOVABLE = 256,         /* a bridge that opens for boats: vehicles wait */
    XD_ROAD_LEFT_SIDE = 512,       /* driving_side=left, and right */
    XD_ROAD_RIGHT_SIDE = 1024
};
enum { XD_SMOOTHNESS_IMPASSABLE = 8, XD_DURATION_MAX_S = 7 * 86400 };

struct xd_road {
    uint8_t road_class;  /* enum xd_road_class */
    uint8_t china_grade; /* enum xd_road_cn */
    uint8_t surface;     /* enum xd_road_surface */
    uint8_t smoothness;  /* 0 unknown, 1 excellent .. 8 impassable */
    uint8_t track_grade; /* 0 unknown, 1..5 */
    uint8_t width_dm;    /* of the carriageway; 0 unknown, 255 = that and more */
    uint8_t lanes_n;     /* of both directions together; 0 unknown */
    struct xd_road_rule rules[XD_ACCESS_KEYS_N];
    uint8_t maxspeed_kmh[XD_SPEED_GROUPS_N][2]; /* with the drawing order, against it; 0 = not told */
    uint8_t advised_kmh[2];                     /* maxspeed:practical, :advisory */
    uint16_t flags;                             /* XD_ROAD_* */
    uint16_t clauses;                           /* place of its conditions among the network's; 0 = none */
    struct xd_road_limits limits[XD_LIMIT_GROUPS_N];
    int32_t duration_s; /* of a ferry or movable bridge from end to end; 0 = not told */
};
_Static_assert(sizeof(struct xd_road) <= 64, "one cache line: networks hold millions of roads");
_Static_assert(sizeof(struct xd_road) == 7 + XD_ACCESS_KEYS_N + 2 * XD_SPEED_GROUPS_N + 2 + 4 + XD_LIMIT_GROUPS_N * sizeof(struct xd_road_limits) + 4,
               "no padding");

/* False: not a road or ferry anyone could use (proposed, construction, area=yes, ...). *road and *clauses are filled only on true; road->clauses is for him who
 * keeps them. clauses and doubts may be NULL. */
bool xd_road_decode(struct xd_osm_tags tags, struct xd_road *road, struct xd_clauses *clauses, struct xd_road_doubts *doubts);
/* What people call it: name, else name:zh, official_name, ref; "" when nothing is told. Borrows from the tags. */
const char *xd_road_name(struct xd_osm_tags tags);

/* Barriers that cost time. */
enum xd_barrier_kind {
    XD_BARRIER_OTHER,
    XD_BARRIER_GATE,
    XD_BARRIER_LIFT_GATE,
    XD_BARRIER_TOLL_BOOTH,
    XD_BARRIER_BORDER_CONTROL,
    XD_BARRIER_KINDS_N
};

/* A barrier or gate node: the access it leaves, per key, what fits through, and what it is. */
struct xd_road_barrier {
    struct xd_road_rule rules[XD_ACCESS_KEYS_N]; /* both directions alike */
    uint8_t kind;                                /* enum xd_barrier_kind */
    struct xd_road_limits limits[XD_LIMIT_GROUPS_N];
    uint16_t clauses; /* as of a road */
};
_Static_assert(sizeof(struct xd_road_barrier) == XD_ACCESS_KEYS_N + 1 + XD_LIMIT_GROUPS_N * sizeof(struct xd_road_limits) + 2, "no padding");
/* False when the node is no barrier, or one that bars nobody and costs no time. For the rest as xd_road_decode. */
bool xd_road_barrier_decode(struct xd_osm_tags tags, struct xd_road_barrier *barrier, struct xd_clauses *clauses, struct xd_road_doubts *doubts);

#endif
