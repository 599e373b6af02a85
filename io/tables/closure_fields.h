/* What a row of the table and a feature of GeoJSON tell alike: the columns, and how their texts become a closure. Private to io/tables. */
#ifndef XD_IO_TABLES_CLOSURE_FIELDS_H
#define XD_IO_TABLES_CLOSURE_FIELDS_H

#include "io/bytes/csv.h"
#include "io/tables/closures_read.h"

enum xd_closures_column {
    XD_CLOSURES_NAME,
    XD_CLOSURES_WAY,
    XD_CLOSURES_LON,
    XD_CLOSURES_LAT,
    XD_CLOSURES_RADIUS,
    XD_CLOSURES_DIRECTION,
    XD_CLOSURES_PERCENT,
    XD_CLOSURES_KMH,
    XD_CLOSURES_FROM,
    XD_CLOSURES_UNTIL,
    XD_CLOSURES_SEASON,
    XD_CLOSURES_VEHICLES,
    XD_CLOSURES_NOTE,
    XD_CLOSURES_TABLE_COLUMNS_N,
    XD_CLOSURES_BUFFER = XD_CLOSURES_TABLE_COLUMNS_N, /* of GeoJSON lines only */
    XD_CLOSURES_COLUMNS_N
};
extern const struct xd_csv_column xd_closures_columns[XD_CLOSURES_COLUMNS_N];
extern const char *const xd_closure_direction_words[3]; /* both, forward, backward */
enum { XD_SEASONS_N = 7 };
struct xd_season {
    const char *words;
    int first_month, last_month; /* over the new year where the first is the later */
};
extern const struct xd_season xd_seasons[XD_SEASONS_N];

struct xd_closures_reading {
    const struct xd_profiles *profiles;
    enum xd_crs crs;
    struct xd_diagnostics *diagnostics;
    struct xd_closures *closures;
    const char *source; /* in the closures' arena */
    bool no_memory;
};

/* The texts of one closure, blank where nothing is told, and where they stand. */
struct xd_closure_fields {
    struct xd_closures_reading *reading;
    const char *text[XD_CLOSURES_COLUMNS_N];
    struct xd_location (*at)(const struct xd_closure_fields *fields, size_t column, char key[XD_ERROR_FIELD_MAX]);
    const void *place; /* at's own */
    int32_t row;
};

/* One error at a field. */
void xd_closure_refuse(const struct xd_closure_fields *fields, size_t column, const char *format, ...) XD_PRINTF(3, 4);
/* Everything but the shape; an error is told and false returned. The shape must be there: directions depend on it. */
bool xd_closure_take_fields(const struct xd_closure_fields *fields, struct xd_closure *closure);
bool xd_closure_take_ways(const struct xd_closure_fields *fields, struct xd_closure *closure);
/* radius_m or buffer_m; standard_m where it is blank, 0: it may not be. */
bool xd_closure_take_reach(const struct xd_closure_fields *fields, size_t column, int32_t standard_m, int32_t max_m, struct xd_closure *closure);

/* Into the closures' arena; NULL after XD_NO_MEMORY was told. */
void *xd_closures_copy(struct xd_closures_reading *reading, const void *items, size_t items_n, size_t item_size);
void xd_closures_keep(struct xd_closures_reading *reading, const struct xd_closure *closure);
/* points[] as groups of parts: first_part[groups_n + 1], first_point[parts + 1]; copied, in WGS-84. */
bool xd_closure_take_points(struct xd_closures_reading *reading, struct xd_closure *closure, const struct xd_position *points,
                            const int32_t *first_part, const int32_t *first_point, int32_t groups_n);

void xd_closures_geojson_read(struct xd_closures_reading *reading, const char *bytes, size_t n);

#endif
