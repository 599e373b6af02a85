#include "tests/harness/harness.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static size_t skips_n; /* calls of xd_skip; one case may make several */
static char temporary[XD_TEST_PATH_MAX];

struct counts {
    size_t passed_n;
    size_t failed_n;
    size_t skipped_n;
};

void xd_skip(const char *why)
{
    skips_n++;
    printf("SKIP: %s ", why);
}

/* Asked for by suite, by case or by suite/case; everything is when nothing is named. */
static bool is_asked(int argc, char **argv, const char *suite, const char *name)
{
    char both[XD_TEST_PATH_MAX];
    snprintf(both, sizeof both, "%s/%s", suite, name);
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], suite) == 0 || strcmp(argv[i], name) == 0 || strcmp(argv[i], both) == 0)
            return true;
    return argc < 2;
}

static void print_failures(void)
{
    for (CU_pFailureRecord record = CU_get_failure_list(); record; record = record->pNext)
        printf("  FAILED %s: %s:%u: %s\n", record->pTest ? record->pTest->pName : "suite", record->strFileName, record->uiLineNumber,
               record->strCondition);
}

static void write_counts(const char *program, struct counts counts)
{
    const char *folder = getenv("XD_TEST_COUNTS");
    if (!folder)
        return;
    const char *slash = strrchr(program, '/');
    char path[XD_TEST_PATH_MAX];
    snprintf(path, sizeof path, "%s/%s.%ld", folder, slash ? slash + 1 : program, (long)getpid());
    FILE *file = fopen(path, "w");
    if (file) {
        fprintf(file, "%zu %zu %zu\n", counts.passed_n, counts.failed_n, counts.skipped_n);
        fclose(file);
    }
}

static void run_case(CU_pSuite suite, const struct xd_test_case *test_case, struct counts *counts)
{
    CU_pTest test = CU_add_test(suite, test_case->name, test_case->run);
    if (!test || CU_get_error() == CUE_DUP_TEST) { /* CUnit adds a second case of one name all the same */
        printf("%s: %s FAILED: %s\n", suite->pName, test_case->name, CU_get_error_msg());
        counts->failed_n++;
        return;
    }
    const size_t skips_before_n = skips_n;
    printf("%s: %s ... ", suite->pName, test_case->name);
    fflush(stdout);
    CU_run_test(suite, test);
    /* CU_run_test clears the counts of earlier tests. */
    if (CU_get_number_of_failures() > 0) {
        puts("FAILED");
        print_failures();
        counts->failed_n++;
    } else if (skips_n > skips_before_n) {
        puts("skipped");
        counts->skipped_n++;
    } else {
        puts("ok");
        counts->passed_n++;
    }
}

int xd_run_suites(int argc, char **argv, const struct xd_test_suite *suites, size_t suites_n)
{
    struct counts counts = {0, 0, 0};
    setvbuf(stdout, NULL, _IOLBF, 0);
    /* Stands until the end is reached: a crash or a time-out counts as a failure. */
    write_counts(argv[0], (struct counts){0, 1, 0});
    if (CU_initialize_registry() != CUE_SUCCESS)
        return 1;
    for (size_t s = 0; s < suites_n; s++) {
        CU_pSuite suite = CU_add_suite(suites[s].name, NULL, NULL);
        if (!suite) {
            printf("%s FAILED: %s\n", suites[s].name, CU_get_error_msg());
            counts.failed_n++;
            continue;
        }
        for (size_t c = 0; c < suites[s].cases_n; c++)
            if (is_asked(argc, argv, suites[s].name, suites[s].cases[c].name))
                run_case(suite, &suites[s].cases[c], &counts);
    }
    CU_cleanup_registry();
    if (counts.passed_n + counts.failed_n + counts.skipped_n == 0) {
        puts("no case ran: there is none of that name");
        counts.failed_n++;
    }
    printf("%zu passed, %zu failed, %zu skipped\n", counts.passed_n, counts.failed_n, counts.skipped_n);
    write_counts(argv[0], counts);
    return counts.failed_n > 0 ? 1 : 0;
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
    const int length = snprintf(path, XD_TEST_PATH_MAX, "%s/%s", xd_temporary_folder(), name);
    CU_ASSERT_FATAL(length > 0 && length < XD_TEST_PATH_MAX);
    FILE *file = fopen(path, "wb");
    CU_ASSERT_FATAL(file != NULL);
    CU_ASSERT(fwrite(bytes, 1, n, file) == n);
    CU_ASSERT(fclose(file) == 0);
}
