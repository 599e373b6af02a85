#include "io/bytes/yaml.h"
#include "tests/unit/tables_fixture.h"

#include <string.h>

static struct xd_yaml *read_yaml(const char *text, struct xd_diagnostics *diagnostics)
{
    struct xd_yaml *yaml = NULL;
    enum xd_status status = xd_yaml_read(text, strlen(text), "s.yaml", diagnostics, &yaml);
    CU_ASSERT_EQUAL(status == XD_OK, yaml != NULL);
    return yaml;
}

static void nodes_know_their_key_line_and_column(void)
{
    struct xd_diagnostics diagnostics = {0};
    struct xd_yaml *yaml = read_yaml("名: 云\n\nlist:\n  - a: 1\n    b: \"x\"\n", &diagnostics);
    CU_ASSERT_PTR_NOT_NULL_FATAL(yaml);
    const struct xd_yaml_node *name = yaml->root->first;
    CU_ASSERT_STRING_EQUAL(name->key, "名");
    CU_ASSERT_STRING_EQUAL(name->text, "云");
    CU_ASSERT_EQUAL(name->column, 4); /* characters, not bytes */
    CU_ASSERT_EQUAL(name->next->kind, XD_YAML_SEQUENCE);
    const struct xd_yaml_node *item = name->next->first;
    CU_ASSERT_EQUAL(item->kind, XD_YAML_MAPPING);
    CU_ASSERT_EQUAL(item->first->next->line, 5);
    CU_ASSERT_TRUE(item->first->next->quoted);
    CU_ASSERT_PTR_NULL(item->next);
    xd_yaml_free(yaml);
    xd_diagnostics_free(&diagnostics);
}

static void every_duplicate_key_is_told(void)
{
    struct xd_diagnostics diagnostics = {0};
    CU_ASSERT_PTR_NULL(read_yaml("a: 1\nb: {x: 1, x: 2}\na: 3\na: 4\n", &diagnostics));
    CU_ASSERT_EQUAL(diagnostics.errors_n, 3);
    xd_diagnostics_free(&diagnostics);
}

static void hostile_files_are_refused_at_once(void)
{
    static char deep[4000];
    static char wide[200000];
    memset(deep, '[', sizeof deep - 1);
    for (size_t i = 0; i + 4 < sizeof wide; i += 4)
        memcpy(wide + i, "- x\n", 4);
    static const char *const texts[] = {"a: &x 1\nb: *x\n", "? {a: 1}\n: 2\n",           "? [a]\n: 2\n", "a: \"\\0\"\n",
                                        "!!binary aGk=\n",  "%YAML 1.1\n--- !x\na: 1\n", deep,           wide};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(texts); i++) {
        struct xd_diagnostics diagnostics = {0};
        CU_ASSERT_PTR_NULL(read_yaml(texts[i], &diagnostics));
        CU_ASSERT_EQUAL_FATAL(diagnostics.errors_n, 1);
        CU_ASSERT_EQUAL(diagnostics.errors[0].status, XD_CONFIG);
        CU_ASSERT_TRUE(diagnostics.errors[0].line > 0);
        xd_diagnostics_free(&diagnostics);
    }
}

static void a_mapping_of_comments_alone_is_not_given(void)
{
    static const struct xd_yaml_key keys[] = {{"parameters", XD_YAML_MAPPING, false}, {"name", XD_YAML_SCALAR, false}};
    const struct xd_yaml_node *found[2];
    struct xd_diagnostics diagnostics = {0};
    struct xd_yaml *yaml = read_yaml("parameters:\n  # a: 1\nname: \"\"\n", &diagnostics);
    CU_ASSERT_PTR_NOT_NULL_FATAL(yaml);
    CU_ASSERT_TRUE(xd_yaml_match(yaml, yaml->root, "a test", keys, 2, found, &diagnostics));
    CU_ASSERT_PTR_NULL(found[0]);
    CU_ASSERT_PTR_NOT_NULL(found[1]); /* "" between quotes is a value */
    xd_yaml_free(yaml);
    xd_diagnostics_free(&diagnostics);
}

static const struct xd_test_case cases[] = {
    XD_CASE(nodes_know_their_key_line_and_column),
    XD_CASE(every_duplicate_key_is_told),
    XD_CASE(hostile_files_are_refused_at_once),
    XD_CASE(a_mapping_of_comments_alone_is_not_given),
};
const struct xd_test_suite xd_suite_tables_yaml = {"tables_yaml", cases, XD_ARRAY_LENGTH(cases)};
