/* CVRPLIB files: TSPLIB's keywords and sections for the capacitated problem, with the route limits of the CMT and Golden sets. */
#include "io/instance/draft.h"

#include "base/alloc.h"
#include "base/text.h"

#include <string.h>

enum keyword {
    KEY_NAME,
    KEY_COMMENT,
    KEY_TYPE,
    KEY_DIMENSION,
    KEY_CAPACITY,
    KEY_VEHICLES,
    KEY_DISTANCE,
    KEY_SERVICE_TIME,
    KEY_EDGE_WEIGHT_TYPE,
    KEY_EDGE_WEIGHT_FORMAT,
    KEY_NODE_COORD_TYPE,
    KEY_DISPLAY_DATA_TYPE,
    KEY_NODE_COORD_SECTION,
    KEY_DEMAND_SECTION,
    KEY_DEPOT_SECTION,
    KEY_EDGE_WEIGHT_SECTION,
    KEY_DISPLAY_DATA_SECTION,
    KEY_EOF,
    KEYWORDS_N
};

static const char *const keywords[KEYWORDS_N] = {
    "NAME",
    "COMMENT",
    "TYPE",
    "DIMENSION",
    "CAPACITY",
    "VEHICLES",
    "DISTANCE",
    "SERVICE_TIME",
    "EDGE_WEIGHT_TYPE",
    "EDGE_WEIGHT_FORMAT",
    "NODE_COORD_TYPE",
    "DISPLAY_DATA_TYPE",
    "NODE_COORD_SECTION",
    "DEMAND_SECTION",
    "DEPOT_SECTION",
    "EDGE_WEIGHT_SECTION",
    "DISPLAY_DATA_SECTION",
    "EOF",
};

/* Which cells EDGE_WEIGHT_SECTION lists, row by row. Columns of one triangle are the rows of the other. */
static const struct {
    const char *name;
    bool lower, upper, diagonal;
} formats[] = {
    {"FULL_MATRIX", true, true, true},     {"LOWER_ROW", true, false, false},     {"LOWER_DIAG_ROW", true, false, true},
    {"UPPER_ROW", false, true, false},     {"UPPER_DIAG_ROW", false, true, true}, {"LOWER_COL", false, true, false},
    {"LOWER_DIAG_COL", false, true, true}, {"UPPER_COL", true, false, false},     {"UPPER_DIAG_COL", true, false, true},
};

struct tsplib {
    struct xd_scan *scan;
    struct xd_draft *draft;
    int64_t seen_line[KEYWORDS_N]; /* 0 = not seen */
    bool is_explicit;
    size_t format; /* index of formats, XD_ARRAY_LENGTH(formats) = not given */
    int64_t service_e4;
    struct xd_error *error;
};

/* ---- header ---- */

static enum xd_status fail_word(struct tsplib *t, const struct xd_token *value, enum keyword key, const char *expected)
{
    char found[XD_PROBLEM_NAME_MAX];
    xd_scan_copy(value->text, value->n, found, sizeof found);
    return xd_fail(t->error, XD_DATA, xd_scan_at(t->scan, value, keywords[key]), "\"%s\" is not known here; expected %s", found, expected);
}

static enum xd_status read_weight_format(struct tsplib *t, const struct xd_token *value)
{
    for (size_t f = 0; f < XD_ARRAY_LENGTH(formats); f++) {
        if (xd_token_is(value, formats[f].name)) {
            t->format = f;
            return XD_OK;
        }
    }
    return fail_word(t, value, KEY_EDGE_WEIGHT_FORMAT, "FULL_MATRIX, or LOWER or UPPER with _ROW, _COL, _DIAG_ROW or _DIAG_COL");
}

static enum xd_status read_dimension(struct tsplib *t, const struct xd_token *value)
{
    int64_t points_n = 0;
    const enum xd_status status = xd_scan_int(t->scan, value, "DIMENSION", 2, XD_PROBLEM_STOPS_MAX + 1, &points_n, t->error);
    if (status != XD_OK)
        return status;
    t->draft->points = xd_alloc_zero((size_t)points_n, sizeof *t->draft->points);
    if (!t->draft->points)
        return xd_fail_memory(t->error, "the points of the instance", (size_t)points_n * sizeof *t->draft->points);
    t->draft->points_n = (int32_t)points_n;
    return XD_OK;
}

static enum xd_status read_value(struct tsplib *t, enum keyword key, const struct xd_token *value)
{
    struct xd_draft *draft = t->draft;
    const char *field = keywords[key];
    switch (key) {
    case KEY_NAME:
        xd_scan_copy(value->text, value->n, draft->name, sizeof draft->name);
        return XD_OK;
    case KEY_TYPE:
        return xd_token_is(value, "CVRP") ? XD_OK : fail_word(t, value, key, "CVRP");
    case KEY_DIMENSION:
        return read_dimension(t, value);
    case KEY_CAPACITY:
        return xd_scan_int(t->scan, value, field, 1, XD_LOAD_MAX, &draft->capacity, t->error);
    case KEY_VEHICLES:
        return xd_scan_int(t->scan, value, field, 1, XD_PROBLEM_VEHICLES_MAX, &draft->vehicles_n, t->error);
    case KEY_DISTANCE:
        return xd_scan_fixed(t->scan, value, field, XD_DRAFT_DECIMALS, 0, XD_INSTANCE_SECONDS_MAX, &draft->duration_max_e4, t->error);
    case KEY_SERVICE_TIME:
        return xd_scan_fixed(t->scan, value, field, XD_DRAFT_DECIMALS, 0, XD_INSTANCE_SECONDS_MAX, &t->service_e4, t->error);
    case KEY_EDGE_WEIGHT_TYPE:
        t->is_explicit = xd_token_is(value, "EXPLICIT");
        return t->is_explicit || xd_token_is(value, "EUC_2D") ? XD_OK : fail_word(t, value, key, "EUC_2D or EXPLICIT");
    case KEY_EDGE_WEIGHT_FORMAT:
        return xd_token_is(value, "FUNCTION") ? XD_OK : read_weight_format(t, value);
    case KEY_NODE_COORD_TYPE:
        return xd_token_is(value, "TWOD_COORDS") || xd_token_is(value, "NO_COORDS") ? XD_OK : fail_word(t, value, key, "TWOD_COORDS");
    default: /* COMMENT, DISPLAY_DATA_TYPE: nothing to plan by */
        return XD_OK;
    }
}

/* ---- sections ---- */

static enum xd_status next_row(struct tsplib *t, enum keyword section, size_t fields_n, struct xd_token *tokens)
{
    struct xd_scan_line line;
    if (!xd_scan_next(t->scan, &line))
        return xd_fail(t->error, XD_DATA, xd_at_cell(t->scan->source, t->scan->line, 0, keywords[section]),
                       "the file ends inside the section; expected a line of %ld values", (long)fields_n);
    const size_t found_n = xd_scan_split(&line, tokens, fields_n);
    if (found_n != fields_n)
        return xd_fail(t->error, XD_DATA, xd_at_cell(t->scan->source, line.line, line.column, keywords[section]),
                       "the line holds %ld values; expected %ld", (long)found_n, (long)fields_n);
    return XD_OK;
}

static enum xd_status read_node(struct tsplib *t, const struct xd_token *token, enum keyword section, bool is_demand, struct xd_draft_point **point)
{
    int64_t node = 0;
    const enum xd_status status = xd_scan_int(t->scan, token, keywords[section], 1, t->draft->points_n, &node, t->error);
    if (status != XD_OK)
        return status;
    *point = &t->draft->points[node - 1];
    int64_t *line = is_demand ? &(*point)->demand_line : &(*point)->place_line;
    if (*line > 0)
        return xd_fail(t->error, XD_DATA, xd_scan_at(t->scan, token, keywords[section]),
                       "node %ld is given a second time, first in line %ld; expected each node once", (long)node, (long)*line);
    *line = token->line;
    return XD_OK;
}

static enum xd_status read_coordinates(struct tsplib *t)
{
    enum xd_status status = XD_OK;
    for (int32_t i = 0; i < t->draft->points_n && status == XD_OK; i++) {
        struct xd_token tokens[3];
        struct xd_draft_point *point = NULL;
        status = next_row(t, KEY_NODE_COORD_SECTION, 3, tokens);
        if (status == XD_OK)
            status = read_node(t, &tokens[0], KEY_NODE_COORD_SECTION, false, &point);
        if (status == XD_OK)
            status = xd_scan_double(t->scan, &tokens[1], "NODE_COORD_SECTION", -XD_INSTANCE_COORDINATE_MAX, XD_INSTANCE_COORDINATE_MAX, &point->x,
                                    t->error);
        if (status == XD_OK)
            status = xd_scan_double(t->scan, &tokens[2], "NODE_COORD_SECTION", -XD_INSTANCE_COORDINATE_MAX, XD_INSTANCE_COORDINATE_MAX, &point->y,
                                    t->error);
    }
    return status;
}

static enum xd_status read_demands(struct tsplib *t)
{
    enum xd_status status = XD_OK;
    for (int32_t i = 0; i < t->draft->points_n && status == XD_OK; i++) {
        struct xd_token tokens[2];
        struct xd_draft_point *point = NULL;
        status = next_row(t, KEY_DEMAND_SECTION, 2, tokens);
        if (status == XD_OK)
            status = read_node(t, &tokens[0], KEY_DEMAND_SECTION, true, &point);
        if (status == XD_OK)
            status = xd_scan_int(t->scan, &tokens[1], "DEMAND_SECTION", 0, XD_LOAD_MAX, &point->demand, t->error);
    }
    return status;
}

static enum xd_status read_depot(struct tsplib *t)
{
    struct xd_token token;
    int64_t node = 0;
    enum xd_status status = next_row(t, KEY_DEPOT_SECTION, 1, &token);
    if (status == XD_OK)
        status = xd_scan_int(t->scan, &token, "DEPOT_SECTION", 1, t->draft->points_n, &node, t->error);
    if (status != XD_OK)
        return status;
    t->draft->depot = (int32_t)node - 1;
    status = next_row(t, KEY_DEPOT_SECTION, 1, &token);
    if (status == XD_OK && !xd_token_is(&token, "-1"))
        status = xd_fail(t->error, XD_DATA, xd_scan_at(t->scan, &token, "DEPOT_SECTION"), "a second depot is listed; expected one depot, then -1");
    return status;
}

/* Weights may be broken into lines anywhere. */
static enum xd_status read_weights(struct tsplib *t)
{
    const int32_t n = t->draft->points_n;
    if (!t->is_explicit || t->format == XD_ARRAY_LENGTH(formats))
        return xd_fail(t->error, XD_DATA, xd_at_cell(t->scan->source, t->scan->line, 0, "EDGE_WEIGHT_SECTION"),
                       "the section stands without its kind; expected EDGE_WEIGHT_TYPE : EXPLICIT and EDGE_WEIGHT_FORMAT before it");
    /* Two bytes a weight at least: a file that cannot hold the table gets no memory for it. */
    if ((t->scan->n - t->scan->at) / 2 + 1 < (size_t)n * ((size_t)n - 1) / 2)
        return xd_fail(t->error, XD_DATA, xd_at_cell(t->scan->source, t->scan->line, 0, "EDGE_WEIGHT_SECTION"),
                       "the file is too short for the weights of %ld nodes", (long)n);
    enum xd_status status = xd_matrix_create(n, &t->draft->weights, t->error);
    struct xd_scan_line line = {0};
    struct xd_token token;
    for (int32_t from = 0; from < n && status == XD_OK; from++) {
        for (int32_t to = 0; to < n && status == XD_OK; to++) {
            if (!(to < from ? formats[t->format].lower : to > from ? formats[t->format].upper : formats[t->format].diagonal))
                continue;
            if (line.n == 0 && !xd_scan_next(t->scan, &line))
                return xd_fail(t->error, XD_DATA, xd_at_cell(t->scan->source, t->scan->line, 0, "EDGE_WEIGHT_SECTION"),
                               "the file ends at the weight from node %ld to node %ld; expected %s of %ld nodes", (long)from + 1, (long)to + 1,
                               formats[t->format].name, (long)n);
            (void)xd_scan_take(&line, &token);
            int64_t weight = 0;
            status = xd_scan_int(t->scan, &token, "EDGE_WEIGHT_SECTION", 0, XD_LENGTH_NO_LIMIT, &weight, t->error);
            const size_t cell = xd_matrix_cell(t->draft->weights, from, to), mirror = xd_matrix_cell(t->draft->weights, to, from);
            weight = from == to ? 0 : weight; /* some files put a large number there */
            t->draft->weights->length_m[cell] = (int32_t)weight;
            if (!formats[t->format].upper || !formats[t->format].lower)
                t->draft->weights->length_m[mirror] = (int32_t)weight;
        }
    }
    if (status == XD_OK && xd_scan_take(&line, &token))
        status = xd_fail(t->error, XD_DATA, xd_scan_at(t->scan, &token, "EDGE_WEIGHT_SECTION"),
                         "the line holds more weights than %s of %ld nodes has", formats[t->format].name, (long)n);
    return status;
}

static enum xd_status read_section(struct tsplib *t, enum keyword key)
{
    if (t->draft->points_n == 0)
        return xd_fail(t->error, XD_DATA, xd_at_cell(t->scan->source, t->scan->line, 0, keywords[key]),
                       "the section stands before DIMENSION; expected DIMENSION first");
    switch (key) {
    case KEY_NODE_COORD_SECTION:
        return read_coordinates(t);
    case KEY_DEMAND_SECTION:
        return read_demands(t);
    case KEY_DEPOT_SECTION:
        return read_depot(t);
    case KEY_EDGE_WEIGHT_SECTION:
        return read_weights(t);
    default: { /* DISPLAY_DATA_SECTION: positions for drawings */
        enum xd_status status = XD_OK;
        struct xd_token tokens[3];
        for (int32_t i = 0; i < t->draft->points_n && status == XD_OK; i++)
            status = next_row(t, key, 3, tokens);
        return status;
    }
    }
}

/* ---- the file ---- */

/* "KEY : value", "KEY: value" or "KEY". */
static void split_keyword(const struct xd_scan_line *line, struct xd_token *key, struct xd_token *value)
{
    size_t end = 0;
    while (end < line->n && line->text[end] != ':' && line->text[end] != ' ' && line->text[end] != '\t')
        end++;
    size_t at = end;
    bool colon = false;
    while (at < line->n && (line->text[at] == ' ' || line->text[at] == '\t' || (line->text[at] == ':' && !colon))) {
        colon = colon || line->text[at] == ':';
        at++;
    }
    *key = (struct xd_token){line->text, end, line->line, line->column};
    *value = (struct xd_token){line->text + at, line->n - at, line->line, line->column + (int64_t)at};
}

static enum xd_status find_keyword(struct tsplib *t, const struct xd_token *token, enum keyword *key)
{
    for (int k = 0; k < KEYWORDS_N; k++) {
        if (!xd_token_is(token, keywords[k]))
            continue;
        if (t->seen_line[k] > 0 && k != KEY_COMMENT)
            return xd_fail(t->error, XD_DATA, xd_scan_at(t->scan, token, keywords[k]),
                           "%s is given a second time, first in line %ld; expected it once", keywords[k], (long)t->seen_line[k]);
        t->seen_line[k] = token->line;
        *key = (enum keyword)k;
        return XD_OK;
    }
    char found[XD_PROBLEM_NAME_MAX];
    xd_scan_copy(token->text, token->n, found, sizeof found);
    const char *nearest = xd_text_suggest(found, keywords, KEYWORDS_N);
    if (nearest)
        return xd_fail(t->error, XD_DATA, xd_scan_at(t->scan, token, NULL), "keyword \"%s\" is not known; did you mean %s?", found, nearest);
    return xd_fail(t->error, XD_DATA, xd_scan_at(t->scan, token, NULL),
                   "keyword \"%s\" is not known; expected those of a CVRP file (docs/formats/instances.md)", found);
}

static enum xd_status check_whole(struct tsplib *t)
{
    static const enum keyword always[] = {KEY_DIMENSION, KEY_CAPACITY, KEY_EDGE_WEIGHT_TYPE, KEY_DEMAND_SECTION, KEY_DEPOT_SECTION};
    struct xd_draft *draft = t->draft;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(always); i++)
        if (t->seen_line[always[i]] == 0)
            return xd_fail(t->error, XD_DATA, xd_at_line(t->scan->source, t->scan->line, 0), "%s is missing; expected it in every CVRP file",
                           keywords[always[i]]);
    const enum keyword lengths = t->is_explicit ? KEY_EDGE_WEIGHT_SECTION : KEY_NODE_COORD_SECTION;
    if (t->seen_line[lengths] == 0)
        return xd_fail(t->error, XD_DATA, xd_at_line(t->scan->source, t->scan->line, 0), "%s is missing; expected it for this EDGE_WEIGHT_TYPE",
                       keywords[lengths]);
    const struct xd_draft_point *depot = &draft->points[draft->depot];
    if (depot->demand != 0)
        return xd_fail(t->error, XD_DATA, xd_at_cell(t->scan->source, depot->demand_line, 0, "DEMAND_SECTION"),
                       "the depot has demand %lld; expected 0", (long long)depot->demand);
    for (int32_t i = 0; i < draft->points_n; i++) {
        const struct xd_draft_point *point = &draft->points[i];
        if (point->demand > draft->capacity)
            return xd_fail(t->error, XD_DATA, xd_at_cell(t->scan->source, point->demand_line, 0, "DEMAND_SECTION"),
                           "node %ld has demand %lld; expected at most the capacity %lld", (long)i + 1, (long long)point->demand,
                           (long long)draft->capacity);
        if (i != draft->depot)
            draft->points[i].service_e4 = t->service_e4;
    }
    return XD_OK;
}

enum xd_status xd_draft_read_tsplib(struct xd_scan *scan, struct xd_draft *draft, struct xd_error *error)
{
    struct tsplib t = {.scan = scan, .draft = draft, .format = XD_ARRAY_LENGTH(formats), .error = error};
    struct xd_scan_line line;
    draft->family = XD_INSTANCE_CVRP;
    draft->vehicles_n = -1;
    draft->duration_max_e4 = -1;
    while (t.seen_line[KEY_EOF] == 0 && xd_scan_next(scan, &line)) {
        struct xd_token token, value;
        enum keyword key = KEY_EOF;
        split_keyword(&line, &token, &value);
        enum xd_status status = find_keyword(&t, &token, &key);
        if (status == XD_OK && key < KEY_NODE_COORD_SECTION)
            status = read_value(&t, key, &value);
        else if (status == XD_OK && key < KEY_EOF)
            status = read_section(&t, key);
        if (status != XD_OK)
            return status;
    }
    return check_whole(&t);
}
