/* What a table and GeoJSON have in common: the points and tags of one road as they come, and how they become a road. Private to io/tables. */
#ifndef XD_IO_TABLES_EXTRA_ROAD_DRAFT_H
#define XD_IO_TABLES_EXTRA_ROAD_DRAFT_H

#include "io/bytes/csv.h"
#include "io/tables/extra_roads_read.h"

enum xd_extra_column {
    XD_EXTRA_ROAD,
    XD_EXTRA_LON,
    XD_EXTRA_LAT,
    XD_EXTRA_NAME,
    XD_EXTRA_HIGHWAY,
    XD_EXTRA_SURFACE,
    XD_EXTRA_WIDTH,
    XD_EXTRA_MAXSPEED,
    XD_EXTRA_ONEWAY,
    XD_EXTRA_JOIN,
    XD_EXTRA_NOTE,
    XD_EXTRA_COLUMNS_N
};
extern const struct xd_csv_column xd_extra_columns[XD_EXTRA_COLUMNS_N];

struct xd_extra_reading {
    enum xd_crs crs;
    struct xd_diagnostics *diagnostics;
    struct xd_extra_roads *roads;
    const char *source;         /* in the roads' arena */
    struct xd_position *points; /* of the road that is read */
    size_t capacity;
    int32_t points_n;
    bool no_memory;
};

/* The words that people write for values of highway, surface and oneway, as OSM has them; other values as they are. */
const char *xd_extra_value(const char *key, const char *value);

/* Appends a position (in the reading's crs) to the road that is read. False after an error was told. */
bool xd_extra_add_point(struct xd_extra_reading *reading, struct xd_position position);
/* Are the points all at one place? */
bool xd_extra_no_extent(const struct xd_extra_reading *reading);
/* The points become a road of the set; *road tells the rest, its texts are copied. */
bool xd_extra_keep(struct xd_extra_reading *reading, const struct xd_extra_road *road);

void xd_extra_table_read(struct xd_extra_reading *reading, const char *bytes, size_t n);
void xd_extra_geojson_read(struct xd_extra_reading *reading, const char *bytes, size_t n);

#endif
