/* What the map says of a way or node, decoded from tags once, before any vehicle looks at it. */
#ifndef XD_MAPS_ROAD_H
#define XD_MAPS_ROAD_H

#include "maps/osm_object.h"

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

enum xd_access { XD_ACCESS_UNSET, XD_ACCESS_YES, XD_ACCESS_DESTINATION, XD_ACCESS_PRIVATE, XD_ACCESS_NO };

/* Keys of the access hierarchy, general to special: a vehicle takes the most special one that is set (goods before motor_vehicle ...). */
enum xd_access_key {
    XD_KEY_ACCESS,
    XD_KEY_VEHICLE,
    XD_KEY_MOTOR_VEHICLE,
    XD_KEY_MOTORCAR,
    XD_KEY_GOODS,
    XD_KEY_HGV,
    XD_KEY_BUS,
    XD_KEY_FOOT,
    XD_ACCESS_KEYS_N
};

enum {
    XD_ROAD_LINK = 1,
    XD_ROAD_ROUNDABOUT = 2,
    XD_ROAD_BRIDGE = 4,
    XD_ROAD_TUNNEL = 8,
    XD_ROAD_TOLL = 16,
    XD_ROAD_SEASONAL = 32,
    XD_ROAD_MOTORROAD = 64 /* closed to whom motorways are closed */
};
enum { XD_SMOOTHNESS_IMPASSABLE = 8, XD_FERRY_DURATION_MAX_S = 7 * 86400 };

struct xd_road {
    uint8_t road_class;               /* enum xd_road_class */
    uint8_t china_grade;              /* enum xd_road_cn */
    uint8_t surface;                  /* enum xd_road_surface */
    uint8_t smoothness;               /* 0 unknown, 1 excellent .. 8 impassable */
    uint8_t track_grade;              /* 0 unknown, 1..5 */
    int8_t oneway;                    /* 1 with drawing order, -1 against, 0 both; roundabouts and motorways implied */
    int8_t oneway_bus;                /* as oneway, for buses (oneway:bus / psv = no gives 0) */
    uint8_t flags;                    /* XD_ROAD_* */
    uint8_t access[XD_ACCESS_KEYS_N]; /* enum xd_access */
    uint8_t maxspeed_forward_kmh;     /* 0 = not told */
    uint8_t maxspeed_backward_kmh;
    uint16_t maxweight_100kg; /* 0 = not told */
    uint16_t maxheight_cm;
    uint16_t maxwidth_cm;
    int32_t ferry_duration_s; /* 0 = not told */
};

/* False: not a road or ferry anyone could use (proposed, construction, area=yes, ...). *road is filled only on true. */
bool xd_road_decode(struct xd_osm_tags tags, struct xd_road *road);

/* A barrier or gate node: the access it leaves, per key, and what fits through. */
struct xd_road_barrier {
    uint8_t access[XD_ACCESS_KEYS_N]; /* enum xd_access */
    uint16_t maxweight_100kg;         /* 0 = not told */
    uint16_t maxheight_cm;
    uint16_t maxwidth_cm;
};
/* False when the node is no barrier or bars nobody. *barrier is filled only on true. */
bool xd_road_barrier_decode(struct xd_osm_tags tags, struct xd_road_barrier *barrier);

#endif
