/* docs/formats/scenario.md tells every key, column and word that the readers know, with the defaults in force. */
#include "io/tables/tables.h"
#include "tests/unit/scenarios_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DOCUMENT_MAX = 256 * 1024 };

static char document[DOCUMENT_MAX];

static void read_document(void)
{
    char path[XD_TEST_PATH_MAX];
    xd_source_file("docs/formats/scenario.md", path);
    FILE *file = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    const size_t n = fread(document, 1, sizeof document - 1, file);
    document[n] = '\0';
    fclose(file);
    CU_ASSERT_TRUE_FATAL(n > 1000 && n < sizeof document - 1);
}

/* A line of the document's that holds the text; NULL after the failure was told. */
static const char *line_with(const char *text, const char *from)
{
    static char line[4096];
    const char *at = strstr(from, text);
    if (!at) {
        printf("\n    docs/formats/scenario.md lacks %s", text);
        CU_FAIL("documented");
        return NULL;
    }
    while (at > document && at[-1] != '\n')
        at--;
    snprintf(line, sizeof line, "%.*s", (int)strcspn(at, "\n"), at);
    return line;
}

static void expect_in(const char *line, const char *what)
{
    if (line && !strstr(line, what))
        printf("\n    \"%s\" lacks %s", line, what);
    CU_ASSERT_TRUE(!line || strstr(line, what) != NULL);
}

static void every_key_of_a_scenario_is_documented(void)
{
    read_document();
    for (size_t k = 0; k < xd_scenario_keys_n; k++) {
        char row[96];
        snprintf(row, sizeof row, "| `%s` |", xd_scenario_keys[k].key);
        (void)line_with(row, document);
    }
    CU_ASSERT_TRUE(xd_scenario_keys_n > 10);
}

static void every_parameter_is_documented_with_default_range_unit_and_grade(void)
{
    read_document();
    for (int32_t i = 0; i < XD_PARAMETERS_N; i++) {
        const struct xd_parameter_info *info = &xd_parameter_infos[i];
        char standard[32], low[32], high[32], row[256];
        xd_parameter_format(i, info->standard, standard, sizeof standard);
        xd_parameter_format(i, info->min, low, sizeof low);
        xd_parameter_format(i, info->max, high, sizeof high);
        snprintf(row, sizeof row, "| `%s` | %s | %s | %s .. %s | %c |", info->key, standard, info->unit, low, high, info->grade);
        (void)line_with(row, document);
    }
}

static void expect_columns(const char *heading, const struct xd_csv_column *columns, size_t columns_n)
{
    const char *section = strstr(document, heading);
    CU_ASSERT_PTR_NOT_NULL_FATAL(section);
    for (size_t c = 0; c < columns_n; c++) {
        char names[512], row[96];
        snprintf(names, sizeof names, "%s", columns[c].names);
        char *name = strtok(names, "|");
        snprintf(row, sizeof row, "| `%s` | %s |", name, columns[c].required ? "yes" : "no");
        const char *line = line_with(row, section);
        while ((name = strtok(NULL, "|")))
            expect_in(line, name);
    }
}

static void every_column_of_a_table_is_documented_with_its_other_names(void)
{
    read_document();
    expect_columns("## places.csv", xd_places_columns, XD_PLACES_COLUMNS_N);
    expect_columns("## demand.csv", xd_demand_columns, XD_DEMAND_COLUMNS_N);
    expect_columns("## fleet.csv", xd_fleet_columns, XD_FLEET_COLUMNS_N);
}

static void expect_words(const char *const *words, size_t words_n)
{
    for (size_t w = 0; w < words_n; w++) {
        char names[512], row[96];
        snprintf(names, sizeof names, "%s", words[w]);
        char *name = strtok(names, "|");
        snprintf(row, sizeof row, "| `%s` |", name);
        const char *line = line_with(row, strstr(document, "## Words"));
        while ((name = strtok(NULL, "|")))
            expect_in(line, name);
    }
}

static void every_word_of_a_cell_is_documented_with_its_other_names(void)
{
    read_document();
    CU_ASSERT_PTR_NOT_NULL_FATAL(strstr(document, "## Words"));
    expect_words(xd_tier_words, XD_ARRAY_LENGTH(xd_tier_words));
    expect_words(xd_goods_words, XD_GOODS_N);
    expect_words(xd_direction_words, XD_ARRAY_LENGTH(xd_direction_words));
    expect_words(xd_unit_words, XD_UNITS_N);
    expect_words(xd_energy_words, XD_ARRAY_LENGTH(xd_energy_words));
}

static const struct xd_test_case cases[] = {
    XD_CASE(every_key_of_a_scenario_is_documented),
    XD_CASE(every_parameter_is_documented_with_default_range_unit_and_grade),
    XD_CASE(every_column_of_a_table_is_documented_with_its_other_names),
    XD_CASE(every_word_of_a_cell_is_documented_with_its_other_names),
};
const struct xd_test_suite xd_suite_scenarios_document = {"scenarios_document", cases, XD_ARRAY_LENGTH(cases)};
