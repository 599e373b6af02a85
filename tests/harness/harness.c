#include "tests/harness/harness.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t skipped_n;
static char temporary[XD_TEST_PATH_MAX];

void xd_skip(const char *why)
{
    skipped_n++;
    printf("SKIP: %s ", why);
}

static bool is_asked(int argc, char **argv, const char *name)
{
    if (argc < 2)
        return true;
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return false;
}

static void print_failures(void)
{
    for (CU_pFailureRecord record = CU_get_failure_list(); record; record = record->pNext)
        printf("  FAILED %s: %s:%u: %s\n", record->pTest ? record->pTest->pName : "suite", record->strFileName, record->uiLineNumber, record->strCondition);
}

static void write_counts(const char *program, size_t passed_n, size_t failed_n)
{
    const char *folder = getenv("XD_TEST_COUNTS");
    if (!folder)
        return;
    const char *slash = strrchr(program, '/');
    char path[XD_TEST_PATH_MAX];
    snprintf(path, sizeof path, "%s/%s.%ld", folder, slash ? slash + 1 : program, (long)getpid());
    FILE *file = fopen(path, "w");
    if (file) {
        fprintf(file, "%zu %zu %zu\n", passed_n, failed_n, skipped_n);
        fclose(file);
    }
}

int xd_run_suites(int argc, char **argv, const struct xd_test_suite *suites, size_t suites_n)
{
    size_t cases_n = 0;
    size_t failed_n = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 1;
    for (size_t s = 0; s < suites_n; s++) {
        if (!is_asked(argc, argv, suites[s].name))
            continue;
        CU_pSuite suite = CU_add_suite(suites[s].name, NULL, NULL);
        for (size_t c = 0; suite && c < suites[s].cases_n; c++) {
            CU_pTest test = CU_add_test(suite, suites[s].cases[c].name, suites[s].cases[c].run);
            if (!test) {
                printf("two cases of %s are named %s\n", suites[s].name, suites[s].cases[c].name);
                failed_n++;
                continue;
            }
            const size_t skipped_before = skipped_n;
            printf("%s: %s ... ", suites[s].name, suites[s].cases[c].name);
            fflush(stdout);
            CU_run_test(suite, test);
            /* CU_run_test clears the counts of earlier tests. */
            const bool failed = CU_get_number_of_failures() > 0;
            puts(failed ? "FAILED" : skipped_n > skipped_before ? "skipped" : "ok");
            if (failed)
                print_failures();
            failed_n += failed ? 1 : 0;
            cases_n++;
        }
    }
    CU_cleanup_registry();
    const size_t passed_n = cases_n - (failed_n < cases_n ? failed_n : cases_n) - skipped_n;
    printf("%zu passed, %zu failed, %zu skipped\n", passed_n, failed_n, skipped_n);
    write_counts(argv[0], passed_n, failed_n);
    return failed_n > 0 || cases_n == 0 ? 1 : 0;
}

bool xd_shared_file(const char *relative, char path[XD_TEST_PATH_MAX])
{
    const char *folder = getenv("XD_SHARED");
    if (folder)
        snprintf(path, XD_TEST_PATH_MAX, "%s/%s", folder, relative);
    else
        snprintf(path, XD_TEST_PATH_MAX, "%s/../shared/%s", XD_SOURCE_DIR, relative);
    return access(path, R_OK) == 0;
}

void xd_source_file(const char *relative, char path[XD_TEST_PATH_MAX])
{
    snprintf(path, XD_TEST_PATH_MAX, "%s/%s", XD_SOURCE_DIR, relative);
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *walk)
{
    (void)info;
    (void)kind;
    (void)walk;
    return remove(path);
}

static void remove_temporary(void)
{
    nftw(temporary, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

const char *xd_temporary_folder(void)
{
    if (temporary[0] == '\0') {
        const char *root = getenv("TMPDIR");
        snprintf(temporary, sizeof temporary, "%s/xiangdao-test-XXXXXX", root ? root : "/tmp");
        if (!mkdtemp(temporary)) {
            fprintf(stderr, "cannot make %s: %s\n", temporary, strerror(errno));
            exit(1);
        }
        atexit(remove_temporary);
    }
    return temporary;
}

void xd_temporary_file(const char *name, const void *bytes, size_t n, char path[XD_TEST_PATH_MAX])
{
    snprintf(path, XD_TEST_PATH_MAX, "%s/%s", xd_temporary_folder(), name);
    FILE *file = fopen(path, "wb");
    CU_ASSERT_FATAL(file != NULL);
    CU_ASSERT(fwrite(bytes, 1, n, file) == n);
    CU_ASSERT(fclose(file) == 0);
}
