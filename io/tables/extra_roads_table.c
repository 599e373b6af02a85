/* The table of extra roads: one row a point, the rows of a road one after the other. */
#include "io/tables/extra_road_draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LON_LIMIT_E7 = 1800000000, LAT_LIMIT_E7 = 900000000, WIDTH_MIN_DM = 5, WIDTH_MAX_DM = 1000, CELL_MAX = 128 };

const struct xd_csv_column xd_extra_columns[XD_EXTRA_COLUMNS_N] = {
    [XD_EXTRA_ROAD] = {"road|道路|道路编号|编号", true},
    [XD_EXTRA_LON] = {"lon|经度|longitude|lng", true},
    [XD_EXTRA_LAT] = {"lat|纬度|latitude", true},
    [XD_EXTRA_NAME] = {"name|名称|路名", false},
    [XD_EXTRA_HIGHWAY] = {"highway|道路类型|类别|等级", false},
    [XD_EXTRA_SURFACE] = {"surface|路面", false},
    [XD_EXTRA_WIDTH] = {"width_m|路宽|路宽m|路宽(米)|宽度", false},
    [XD_EXTRA_MAXSPEED] = {"maxspeed|限速", false},
    [XD_EXTRA_ONEWAY] = {"oneway|单行|单向", false},
    [XD_EXTRA_JOIN] = {"join_m|接入距离|接入距离(米)", false},
    [XD_EXTRA_NOTE] = {"note|备注|说明", false},
};

/* Cells that say something of the whole road, and the tags that they are. */
static const struct {
    enum xd_extra_column column;
    const char *key;         /* NULL: no tag */
    enum xd_road_doubt kind; /* what is told where the value is not understood; XD_ROAD_DOUBTS_N: cannot be */
} tag_columns[] = {
    {XD_EXTRA_NAME, "name", XD_ROAD_DOUBTS_N}, {XD_EXTRA_HIGHWAY, "highway", XD_ROAD_DOUBTS_N},    {XD_EXTRA_SURFACE, "surface", XD_DOUBT_SURFACE},
    {XD_EXTRA_WIDTH, "width", XD_DOUBT_WIDTH}, {XD_EXTRA_MAXSPEED, "maxspeed", XD_DOUBT_MAXSPEED}, {XD_EXTRA_ONEWAY, "oneway", XD_DOUBT_ONEWAY},
    {XD_EXTRA_JOIN, NULL, XD_ROAD_DOUBTS_N}};
enum { TAG_COLUMNS_N = XD_ARRAY_LENGTH(tag_columns) };

static bool same_road(const struct xd_csv_view *view, int32_t a, int32_t b)
{
    return strcmp(xd_csv_text(view, a, XD_EXTRA_ROAD), xd_csv_text(view, b, XD_EXTRA_ROAD)) == 0;
}

static bool read_point(struct xd_extra_reading *reading, const struct xd_csv_view *view, int32_t row)
{
    int64_t lon_e7 = 0, lat_e7 = 0;
    const bool lon = xd_csv_fixed(view, row, XD_EXTRA_LON, 7, -LON_LIMIT_E7, LON_LIMIT_E7, &lon_e7);
    const bool lat = xd_csv_fixed(view, row, XD_EXTRA_LAT, 7, -LAT_LIMIT_E7, LAT_LIMIT_E7, &lat_e7);
    return lon && lat && xd_extra_add_point(reading, (struct xd_position){.lon_e7 = (int32_t)lon_e7, .lat_e7 = (int32_t)lat_e7});
}

/* What stands in later rows of a road must be what its first row says. */
static bool repeats_nothing_else(const struct xd_csv_view *view, int32_t first, int32_t row)
{
    bool good = true;
    for (size_t i = 0; i < TAG_COLUMNS_N; i++) {
        const enum xd_extra_column column = tag_columns[i].column;
        const char *here = xd_csv_text(view, row, column);
        if (*here == '\0' || strcmp(here, xd_csv_text(view, first, column)) == 0)
            continue;
        xd_csv_refuse(view, row, column, "found \"%.40s\", expected what the first row of the road says (line %ld), or nothing", here,
                      (long)view->csv->rows[first].line);
        good = false;
    }
    return good;
}

/* Values that the road does not understand are the planner's own slips: refused where they stand. */
static bool judge_values(const struct xd_csv_view *view, int32_t first, const struct xd_road_doubts *doubts)
{
    bool good = true;
    for (size_t i = 0; i < TAG_COLUMNS_N; i++) {
        if (tag_columns[i].kind == XD_ROAD_DOUBTS_N || doubts->tags_n[tag_columns[i].kind] == 0)
            continue;
        xd_csv_refuse(view, first, tag_columns[i].column, "found \"%.40s\", expected a value of OpenStreetMap's %s (docs/formats/extra_roads.md)",
                      xd_csv_text(view, first, tag_columns[i].column), tag_columns[i].key);
        good = false;
    }
    return good;
}

/* The tags of the first row, decoded. */
static bool read_tags(const struct xd_csv_view *view, int32_t first, struct xd_extra_road *road)
{
    char cells[TAG_COLUMNS_N][CELL_MAX];
    struct xd_osm_tag tags[TAG_COLUMNS_N];
    struct xd_road_doubts doubts = {0};
    int64_t width_dm = 0, join_m = XD_EXTRA_JOIN_DEFAULT_M;
    int32_t tags_n = 0;
    bool good = xd_csv_fixed(view, first, XD_EXTRA_WIDTH, 1, WIDTH_MIN_DM, WIDTH_MAX_DM, &width_dm);
    good = xd_csv_integer(view, first, XD_EXTRA_JOIN, 1, XD_EXTRA_JOIN_MAX_M, &join_m) && good;
    for (size_t i = 0; i < TAG_COLUMNS_N; i++) {
        const bool is_highway = tag_columns[i].column == XD_EXTRA_HIGHWAY;
        if (!tag_columns[i].key || (xd_csv_blank(view, first, tag_columns[i].column) && !is_highway))
            continue;
        if (tag_columns[i].column == XD_EXTRA_WIDTH)
            xd_fixed_text(width_dm, 1, cells[i]);
        else
            xd_csv_normalised(view, first, tag_columns[i].column, cells[i], CELL_MAX);
        const char *value = is_highway && cells[i][0] == '\0' ? "track" : xd_extra_value(tag_columns[i].key, cells[i]);
        tags[tags_n++] = (struct xd_osm_tag){tag_columns[i].key, value};
    }
    if (!good)
        return false;
    if (!xd_road_decode((struct xd_osm_tags){tags, tags_n}, &road->road, NULL, &doubts)) {
        xd_csv_refuse(view, first, XD_EXTRA_HIGHWAY,
                      "found \"%.40s\", expected a class of road that can be driven, such as track, unclassified or tertiary",
                      xd_csv_text(view, first, XD_EXTRA_HIGHWAY));
        return false;
    }
    road->join_m = (int32_t)join_m;
    return judge_values(view, first, &doubts);
}

static void read_road(struct xd_extra_reading *reading, const struct xd_csv_view *view, int32_t first, int32_t end)
{
    const char *label = xd_csv_text(view, first, XD_EXTRA_ROAD);
    struct xd_extra_road road = {.label = label,
                                 .name = xd_csv_text(view, first, XD_EXTRA_NAME),
                                 .field = "road",
                                 .line = view->csv->rows[first].line,
                                 .end_line = view->csv->rows[end - 1].line};
    reading->points_n = 0;
    bool good = read_tags(view, first, &road);
    for (int32_t row = first; row < end && !reading->no_memory; row++) {
        good = read_point(reading, view, row) && good;
        good = (row == first || repeats_nothing_else(view, first, row)) && good;
    }
    if (label[0] == '\0')
        xd_csv_refuse(view, first, XD_EXTRA_ROAD, "is empty, expected a name or number that all points of the road have");
    else if (strlen(label) > XD_EXTRA_ROAD_LABEL_MAX)
        xd_csv_refuse(view, first, XD_EXTRA_ROAD, "has more than %d bytes, expected a short name or number", (int)XD_EXTRA_ROAD_LABEL_MAX);
    else if (end - first < 2)
        xd_csv_refuse(view, first, XD_EXTRA_ROAD, "found one point of the road %.40s, expected two rows or more", label);
    else if (good && xd_extra_no_extent(reading))
        xd_csv_refuse(view, first, XD_EXTRA_LON, "found the same position throughout, expected points of a line");
    else if (good)
        (void)xd_extra_keep(reading, &road); /* tells its errors */
}

struct begun {
    const char *label;
    int32_t row;
};

static int by_label(const void *a, const void *b)
{
    const struct begun *x = a, *y = b;
    const int order = strcmp(x->label, y->label);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

/* A road whose rows stand apart has most likely got another's between them. */
static void refuse_twins(const struct xd_csv_view *view, struct begun *begun, int32_t n)
{
    qsort(begun, (size_t)n, sizeof *begun, by_label);
    for (int32_t i = 1; i < n; i++)
        if (begun[i].label[0] != '\0' && strcmp(begun[i].label, begun[i - 1].label) == 0)
            xd_csv_refuse(view, begun[i].row, XD_EXTRA_ROAD,
                          "found the road %.40s again, which began on line %ld; expected its points one after the other", begun[i].label,
                          (long)view->csv->rows[begun[i - 1].row].line);
}

void xd_extra_table_read(struct xd_extra_reading *reading, const char *bytes, size_t n)
{
    int32_t at[XD_EXTRA_COLUMNS_N], begun_n = 0;
    struct xd_csv *csv = NULL;
    struct begun *begun = NULL;
    if (xd_csv_read(bytes, n, reading->source, XD_EXTRA_POINTS_MAX, reading->diagnostics, &csv) != XD_OK)
        return;
    const struct xd_csv_view view = {.csv = csv, .columns = xd_extra_columns, .at = at, .diagnostics = reading->diagnostics};
    if (!xd_csv_match(csv, xd_extra_columns, XD_EXTRA_COLUMNS_N, at, reading->diagnostics))
        goto done;
    begun = xd_alloc((size_t)csv->rows_n + 1, sizeof *begun);
    if (!begun) {
        struct xd_error error;
        (void)xd_fail_memory(&error, "extra roads", (size_t)csv->rows_n * sizeof *begun);
        xd_diagnostics_add(reading->diagnostics, &error);
        goto done;
    }
    for (int32_t first = 0, end = 0; first < csv->rows_n && !reading->no_memory; first = end) {
        for (end = first + 1; end < csv->rows_n && same_road(&view, first, end);)
            end++;
        begun[begun_n++] = (struct begun){xd_csv_text(&view, first, XD_EXTRA_ROAD), first};
        read_road(reading, &view, first, end);
    }
    refuse_twins(&view, begun, begun_n);
done:
    xd_free(begun);
    xd_csv_free(csv);
}
