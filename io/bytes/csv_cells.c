#include "io/bytes/csv.h"

#include "base/number.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TOKEN_MAX = 128, NAMES_MAX = 256 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_name(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (b[i] == '\0' || lower(a[i]) != lower(b[i]))
            return false;
    return b[n] == '\0';
}

bool xd_names_hold(const char *names, const char *word)
{
    for (const char *name = names; *name;) {
        size_t n = strcspn(name, "|");
        if (same_name(name, word, n))
            return true;
        name += n + (name[n] == '|');
    }
    return false;
}

static void first_name(const char *names, char *dst, size_t n)
{
    size_t length = strcspn(names, "|");
    snprintf(dst, n, "%.*s", (int)length, names);
}

static const struct xd_csv_cell *cell_of(const struct xd_csv_view *view, int32_t row, size_t column)
{
    int32_t at = view->at[column];
    return at < 0 ? NULL : &view->csv->cells[view->csv->rows[row].first_cell + (size_t)at];
}

const char *xd_csv_text(const struct xd_csv_view *view, int32_t row, size_t column)
{
    const struct xd_csv_cell *cell = cell_of(view, row, column);
    return cell ? view->csv->text + cell->text : "";
}

bool xd_csv_blank(const struct xd_csv_view *view, int32_t row, size_t column)
{
    const struct xd_csv_cell *cell = cell_of(view, row, column);
    return !cell || cell->length == 0;
}

struct xd_location xd_csv_at(const struct xd_csv_view *view, int32_t row, size_t column, char key[XD_CSV_KEY_MAX])
{
    const struct xd_csv_cell *cell = cell_of(view, row, column);
    first_name(view->columns[column].names, key, XD_CSV_KEY_MAX);
    if (!cell)
        return xd_at_cell(view->csv->source, view->csv->rows[row].line, 1, key);
    return xd_at_cell(view->csv->source, cell->line, cell->column, key);
}

void xd_csv_refuse(const struct xd_csv_view *view, int32_t row, size_t column, const char *format, ...)
{
    char key[XD_CSV_KEY_MAX];
    struct xd_error error;
    va_list arguments;
    va_start(arguments, format);
    (void)xd_fail_v(&error, XD_DATA, xd_csv_at(view, row, column, key), format, arguments);
    va_end(arguments);
    xd_diagnostics_add(view->diagnostics, &error);
}

size_t xd_csv_normalised(const struct xd_csv_view *view, int32_t row, size_t column, char *dst, size_t n)
{
    const char *text = xd_csv_text(view, row, column);
    size_t length = strlen(text);
    if (n == 0)
        return length;
    size_t kept = length < n - 1 ? length : n - 1;
    memcpy(dst, text, kept);
    dst[kept] = '\0';
    size_t normalised = xd_text_normalise(dst);
    return kept < length ? length : normalised;
}

/* Blank or over-long cells are settled here; false when the caller has nothing left to do, *good then says how it ended. */
static bool token_of(const struct xd_csv_view *view, int32_t row, size_t column, char token[TOKEN_MAX], size_t *length, bool *good)
{
    *length = xd_csv_normalised(view, row, column, token, TOKEN_MAX);
    if (*length == 0) {
        *good = !view->columns[column].required;
        if (!*good)
            xd_csv_refuse(view, row, column, "is blank, expected a value");
        return false;
    }
    if (*length >= TOKEN_MAX) {
        xd_csv_refuse(view, row, column, "found a text of %zu bytes (\"%.20s...\"), expected a short value", *length, token);
        *good = false;
        return false;
    }
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes the separators out of 1,234,567.8 and 1 234 567; anything else stays as it is and will be found malformed. In a table whose cells are
 * separated by ; a comma may be a decimal comma: 1,234 stays then, and is refused. */
static void drop_thousands(char *token, size_t *length, char table_separator)
{
    size_t start = token[0] == '-' || token[0] == '+';
    size_t group = start;
    while (is_digit(token[group]))
        group++;
    char separator = token[group];
    size_t lead_n = group - start;
    if ((separator != ',' && separator != ' ') || lead_n < 1 || lead_n > 3 || (separator == ',' && table_separator == ';'))
        return;
    size_t at = group;
    while (token[at] == separator) {
        if (!is_digit(token[at + 1]) || !is_digit(token[at + 2]) || !is_digit(token[at + 3]) || is_digit(token[at + 4]))
            return;
        at += 4;
    }
    if (token[at] != '\0' && token[at] != '.')
        return;
    size_t to = group;
    for (size_t from = group; from < *length; from++)
        if (token[from] != separator)
            token[to++] = token[from];
    token[to] = '\0';
    *length = to;
}

static bool refuse_number(const struct xd_csv_view *view, int32_t row, size_t column, enum xd_number_result result, int decimals, int64_t min,
                          int64_t max)
{
    char low[32];
    char high[32];
    xd_fixed_text(min, decimals, low);
    xd_fixed_text(max, decimals, high);
    const char *found = xd_csv_text(view, row, column);
    if (result == XD_NUMBER_RANGE)
        xd_csv_refuse(view, row, column, "found %.40s, expected a number from %s to %s", found, low, high);
    else if (strchr(found, ',') && view->csv->separator == ';')
        xd_csv_refuse(view, row, column,
                      "found \"%.40s\", which may be a decimal or a thousands comma; write a point for decimals and no thousands separators", found);
    else if (decimals == 0)
        xd_csv_refuse(view, row, column, "found \"%.40s\", expected a whole number from %s to %s", found, low, high);
    else
        xd_csv_refuse(view, row, column, "found \"%.40s\", expected a number from %s to %s, without a unit", found, low, high);
    return false;
}

bool xd_csv_fixed(const struct xd_csv_view *view, int32_t row, size_t column, int decimals, int64_t min, int64_t max, int64_t *value)
{
    char token[TOKEN_MAX];
    size_t length;
    bool good;
    if (!token_of(view, row, column, token, &length, &good))
        return good;
    drop_thousands(token, &length, view->csv->separator);
    enum xd_number_result result = xd_parse_fixed(token, length, decimals, min, max, value);
    return result == XD_NUMBER_OK || refuse_number(view, row, column, result, decimals, min, max);
}

bool xd_csv_integer(const struct xd_csv_view *view, int32_t row, size_t column, int64_t min, int64_t max, int64_t *value)
{
    char token[TOKEN_MAX];
    size_t length;
    bool good;
    if (!token_of(view, row, column, token, &length, &good))
        return good;
    drop_thousands(token, &length, view->csv->separator);
    enum xd_number_result result = xd_parse_int64(token, length, min, max, value);
    return result == XD_NUMBER_OK || refuse_number(view, row, column, result, 0, min, max);
}

bool xd_csv_clock(const struct xd_csv_view *view, int32_t row, size_t column, int32_t *seconds)
{
    char token[TOKEN_MAX];
    size_t length;
    bool good;
    if (!token_of(view, row, column, token, &length, &good))
        return good;
    int64_t parsed;
    if (xd_parse_clock(token, length, &parsed) != XD_NUMBER_OK) {
        xd_csv_refuse(view, row, column, "found \"%.40s\", expected a time of day as HH:MM", xd_csv_text(view, row, column));
        return false;
    }
    *seconds = (int32_t)parsed;
    return true;
}

bool xd_csv_choice(const struct xd_csv_view *view, int32_t row, size_t column, const char *const *choices, size_t choices_n, int *choice)
{
    char token[TOKEN_MAX];
    size_t length;
    bool good;
    if (!token_of(view, row, column, token, &length, &good))
        return good;
    for (size_t i = 0; i < choices_n; i++) {
        if (xd_names_hold(choices[i], token)) {
            *choice = (int)i;
            return true;
        }
    }
    char expected[NAMES_MAX];
    size_t used = 0;
    expected[0] = '\0';
    for (size_t i = 0; i < choices_n && used < sizeof expected; i++) {
        size_t names_n = strcspn(choices[i], "|");
        int wrote = snprintf(expected + used, sizeof expected - used, "%s%.*s", i == 0 ? "" : ", ", (int)names_n, choices[i]);
        used += wrote > 0 ? (size_t)wrote : 0;
    }
    xd_csv_refuse(view, row, column, "found \"%.40s\", expected one of %s", xd_csv_text(view, row, column), expected);
    return false;
}

bool xd_csv_yes_no(const struct xd_csv_view *view, int32_t row, size_t column, bool *value)
{
    static const char *const choices[] = {"no|n|0|false|否|不", "yes|y|1|true|是"};
    int choice = *value;
    if (!xd_csv_choice(view, row, column, choices, XD_ARRAY_LENGTH(choices), &choice))
        return false;
    *value = choice == 1;
    return true;
}

static void list_keys(const struct xd_csv_column *columns, size_t columns_n, char *dst, size_t n)
{
    size_t used = 0;
    dst[0] = '\0';
    for (size_t c = 0; c < columns_n && used < n; c++) {
        size_t key_n = strcspn(columns[c].names, "|");
        int wrote = snprintf(dst + used, n - used, "%s%.*s", c == 0 ? "" : ", ", (int)key_n, columns[c].names);
        used += wrote > 0 ? (size_t)wrote : 0;
    }
}

/* The column nearest to a name that is none, over all names of all columns. */
static bool suggest_column(const char *word, const struct xd_csv_column *columns, size_t columns_n, char *dst, size_t n)
{
    int best = XD_TEXT_DISTANCE_MAX;
    int limit = (int)(strlen(word) / 3);
    for (size_t c = 0; c < columns_n; c++) {
        for (const char *name = columns[c].names; *name;) {
            size_t name_n = strcspn(name, "|");
            char one[NAMES_MAX];
            snprintf(one, sizeof one, "%.*s", (int)name_n, name);
            int distance = xd_text_distance(word, one, limit);
            if (distance <= limit && distance < best) {
                best = distance;
                snprintf(dst, n, "%s", one);
            }
            name += name_n + (name[name_n] == '|');
        }
    }
    return best < XD_TEXT_DISTANCE_MAX;
}

static void refuse_unknown_column(const struct xd_csv *csv, const struct xd_csv_cell *cell, const char *name, const struct xd_csv_column *columns,
                                  size_t columns_n, struct xd_diagnostics *diagnostics)
{
    struct xd_location at = xd_at_line(csv->source, cell->line, cell->column);
    char near[NAMES_MAX];
    char known[NAMES_MAX];
    list_keys(columns, columns_n, known, sizeof known);
    if (name[0] == '\0')
        xd_diagnostics_error(diagnostics, XD_DATA, at, "found a column without a name, expected one of %s", known);
    else if (suggest_column(name, columns, columns_n, near, sizeof near))
        xd_diagnostics_error(diagnostics, XD_DATA, at, "found the unknown column \"%.40s\"; do you mean \"%s\"?", name, near);
    else
        xd_diagnostics_error(diagnostics, XD_DATA, at,
                             "found the unknown column \"%.40s\", expected one of %s; a note for yourself goes into a row that begins with #", name,
                             known);
}

bool xd_csv_match(const struct xd_csv *csv, const struct xd_csv_column *columns, size_t columns_n, int32_t *at, struct xd_diagnostics *diagnostics)
{
    bool good = true;
    for (size_t c = 0; c < columns_n; c++)
        at[c] = -1;
    for (int32_t h = 0; h < csv->columns_n; h++) {
        const struct xd_csv_cell *cell = &csv->cells[csv->header.first_cell + (size_t)h];
        char name[TOKEN_MAX];
        snprintf(name, sizeof name, "%s", csv->text + cell->text);
        xd_text_normalise(name);
        size_t c = 0;
        while (c < columns_n && !xd_names_hold(columns[c].names, name))
            c++;
        if (c == columns_n) {
            refuse_unknown_column(csv, cell, name, columns, columns_n, diagnostics);
            good = false;
        } else if (at[c] >= 0) {
            xd_diagnostics_error(diagnostics, XD_DATA, xd_at_line(csv->source, cell->line, cell->column),
                                 "found the column \"%.40s\" again, expected it once (it is column %d already); remove one", name, (int)at[c] + 1);
            good = false;
        } else {
            at[c] = h;
        }
    }
    struct xd_csv_column missing[XD_CSV_COLUMNS_MAX];
    size_t missing_n = 0;
    for (size_t c = 0; c < columns_n && c < XD_CSV_COLUMNS_MAX; c++)
        if (at[c] < 0 && columns[c].required)
            missing[missing_n++] = columns[c];
    if (missing_n > 0) {
        char keys[NAMES_MAX];
        list_keys(missing, missing_n, keys, sizeof keys);
        xd_diagnostics_error(diagnostics, XD_DATA, xd_at_line(csv->source, csv->header.line, 1), "the header misses the column%s %s; add %s",
                             missing_n > 1 ? "s" : "", keys, missing_n > 1 ? "them" : "it");
        good = false;
    }
    return good;
}
