#include "io/tables/tables.h"

#include "base/alloc.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static bool all_digits(const char *text)
{
    return text[0] != '\0' && strspn(text, "0123456789") == strlen(text);
}

bool xd_code_is_area(const char *code)
{
    size_t n = strlen(code);
    return (n == 6 || n == 9 || n == 12) && all_digits(code);
}

/* 5.20326E+11: what a spreadsheet makes of a long code. */
static bool is_mangled(const char *text)
{
    size_t i = strspn(text, "0123456789");
    if (i == 0)
        return false;
    if (text[i] == '.')
        i += 1 + strspn(text + i + 1, "0123456789");
    if (text[i] != 'e' && text[i] != 'E')
        return false;
    i++;
    if (text[i] == '+')
        i++;
    return all_digits(text + i);
}

static bool is_free_code(const char *text)
{
    for (const char *c = text; *c; c++) {
        bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9');
        if (!letter && !strchr("-_.:/", *c))
            return false;
    }
    return text[0] != '\0';
}

bool xd_code_cell(const struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, size_t column,
                  char code[XD_PLACE_CODE_MAX + 1])
{
    char token[128];
    size_t n = xd_csv_normalised(view, row, column, token, sizeof token);
    code[0] = '\0';
    if (n == 0) {
        xd_csv_refuse(view, row, column, "is blank, expected a place's code");
        return false;
    }
    if (is_mangled(token)) {
        xd_csv_refuse(view, row, column,
                      "found %s: a spreadsheet has shortened the code and its last digits are lost, expected 6, 9 or 12 digits; format the column as "
                      "text and enter the codes again",
                      token);
        return false;
    }
    bool good = n <= XD_PLACE_CODE_MAX && (reading->codes_free ? is_free_code(token) : xd_code_is_area(token));
    if (!good && reading->codes_free)
        xd_csv_refuse(view, row, column, "found \"%.60s\", expected a code of up to %d letters and digits", token, (int)XD_PLACE_CODE_MAX);
    else if (!good && all_digits(token))
        xd_csv_refuse(view, row, column, "found \"%.60s\" (%zu digits), expected an area code of 6, 9 or 12 digits", token, n);
    else if (!good)
        xd_csv_refuse(view, row, column,
                      "found \"%.60s\", expected an area code of 6, 9 or 12 digits (other codes need `codes: free` in the scenario)", token);
    if (good)
        memcpy(code, token, n + 1);
    return good;
}

static int compare_entries(const void *a, const void *b)
{
    const struct xd_code_entry *x = a;
    const struct xd_code_entry *y = b;
    int order = strcmp(x->code, y->code);
    return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

enum xd_status xd_code_index_build(const struct xd_places *places, struct xd_code_index *index, struct xd_error *error)
{
    struct xd_code_entry *entries = xd_alloc((size_t)places->items_n, sizeof *entries);
    if (!entries)
        return xd_fail_memory(error, "the index of codes", (size_t)places->items_n * sizeof *entries);
    int32_t n = 0;
    for (int32_t p = 0; p < places->items_n; p++)
        if (places->items[p].code[0] != '\0')
            entries[n++] = (struct xd_code_entry){.code = places->items[p].code, .place = p};
    qsort(entries, (size_t)n, sizeof *entries, compare_entries);
    index->entries = entries;
    index->entries_n = n;
    return XD_OK;
}

void xd_code_index_free(struct xd_code_index *index)
{
    xd_free(index->entries);
    *index = (struct xd_code_index){0};
}

int32_t xd_code_find(const struct xd_code_index *index, const char *code)
{
    int32_t low = 0;
    int32_t high = index->entries_n;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (strcmp(index->entries[middle].code, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < index->entries_n && strcmp(index->entries[low].code, code) == 0;
    return found ? index->entries[low].place : -1;
}

int32_t xd_parent_by_code(const struct xd_code_index *index, const char *code, int32_t self)
{
    if (!xd_code_is_area(code))
        return -1;
    size_t n = strlen(code);
    /* 520326 and 520326000000 are the same county, 520326100 and 520326100000 the same township */
    static const struct {
        size_t digits;
        const char *zeros;
    } forms[] = {{9, "000"}, {9, ""}, {6, "000000"}, {6, "000"}, {6, ""}};
    for (size_t f = 0; f < XD_ARRAY_LENGTH(forms); f++) {
        if (n <= forms[f].digits)
            continue;
        char parent[XD_PLACE_CODE_MAX + 1];
        memcpy(parent, code, forms[f].digits);
        strcpy(parent + forms[f].digits, forms[f].zeros);
        int32_t place = strcmp(parent, code) == 0 ? -1 : xd_code_find(index, parent);
        if (place >= 0 && place != self)
            return place;
    }
    return -1;
}

/* Help for a code that is in no place: its name was written, or a digit is wrong. */
static void refuse_unknown(const struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, size_t column, const char *code)
{
    enum { NEAR_ENOUGH = 2 };
    const char *near = NULL;
    int best = NEAR_ENOUGH + 1;
    bool look = view->diagnostics->errors_n < XD_DIAGNOSTICS_MAX; /* nobody would see the suggestion, and a long table is slow to search */
    for (int32_t e = 0; look && e < reading->codes.entries_n; e++) {
        int distance = xd_text_distance(code, reading->codes.entries[e].code, best - 1);
        if (distance < best) {
            best = distance;
            near = reading->codes.entries[e].code;
        }
    }
    if (near)
        xd_csv_refuse(view, row, column, "found the unknown code %s, expected one of the places table; do you mean %s?", code, near);
    else
        xd_csv_refuse(view, row, column, "found the unknown code %s, expected one of the places table; add the place there or correct the code",
                      code);
}

int32_t xd_place_cell(const struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, size_t column)
{
    if (!reading->places_read)
        return -1;
    char code[XD_PLACE_CODE_MAX + 1];
    size_t n = xd_csv_normalised(view, row, column, code, sizeof code);
    int32_t place = n > 0 && n <= XD_PLACE_CODE_MAX ? xd_code_find(&reading->codes, code) : -1;
    if (place >= 0)
        return place;
    const struct xd_places *places = &reading->scenario->places;
    const char *found = xd_csv_text(view, row, column);
    for (int32_t p = 0; n > 0 && view->diagnostics->errors_n < XD_DIAGNOSTICS_MAX && p < places->items_n; p++) {
        if (strcmp(places->items[p].name, found) == 0) {
            xd_csv_refuse(view, row, column, "found the name \"%.40s\", expected its code %s", found, places->items[p].code);
            return -1;
        }
    }
    if (xd_code_cell(reading, view, row, column, code) && reading->codes_sound)
        refuse_unknown(reading, view, row, column, code);
    return -1;
}
