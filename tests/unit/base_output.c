#include "base/alloc.h"
#include "base/output.h"
#include "tests/unit/base_suites.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[200]; /* the test's own folder, empty at the start of each test */

static void remove_all(const char *folder)
{
    DIR *stream = opendir(folder);
    if (!stream)
        return;
    for (struct dirent *entry = readdir(stream); entry; entry = readdir(stream)) {
        char path[600];
        struct stat now;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (lstat(path, &now) == 0 && S_ISDIR(now.st_mode))
            remove_all(path);
        else
            (void)unlink(path);
    }
    closedir(stream);
    (void)rmdir(folder);
}

static void new_root(void)
{
    if (root[0])
        remove_all(root);
    const char *base = getenv("TMPDIR");
    snprintf(root, sizeof root, "%s/xd-output-XXXXXX", base ? base : "/tmp");
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(root));
}

static void end_root(void)
{
    remove_all(root);
    root[0] = '\0';
}

static const char *in_root(const char *name)
{
    static char paths[4][700]; /* so that a few may be used in one expression */
    static int next = 0;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", root, name);
    return path;
}

/* Contents of a file, "" when empty, NULL when absent. */
static char *contents(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    static char text[400000];
    size_t n = fread(text, 1, sizeof text - 1, file);
    text[n] = '\0';
    fclose(file);
    return text;
}

static int files_in(const char *folder)
{
    int n = 0;
    DIR *stream = opendir(folder);
    if (!stream)
        return -1;
    for (struct dirent *entry = readdir(stream); entry; entry = readdir(stream))
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(stream);
    return n;
}

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(text, file);
    fclose(file);
}

static bool holds(const char *path, const char *text)
{
    const char *found = contents(path);
    return text ? found && strcmp(found, text) == 0 : found == NULL;
}

static void one_file_is_written_whole_and_replaces_the_old_one(void)
{
    struct xd_error error;
    new_root();
    CU_ASSERT_EQUAL(xd_output_file(in_root("plan.json"), "old", 3, &error), XD_OK);
    CU_ASSERT_TRUE(holds(in_root("plan.json"), "old"));
    CU_ASSERT_EQUAL(xd_output_file(in_root("plan.json"), "newer", 5, &error), XD_OK);
    CU_ASSERT_TRUE(holds(in_root("plan.json"), "newer"));
    CU_ASSERT_EQUAL(xd_output_file(in_root("empty"), NULL, 0, &error), XD_OK);
    CU_ASSERT_TRUE(holds(in_root("empty"), ""));
    CU_ASSERT_EQUAL(files_in(root), 2);
    struct stat now;
    mode_t mask = umask(0);
    (void)umask(mask);
    CU_ASSERT_EQUAL(stat(in_root("plan.json"), &now), 0);
    CU_ASSERT_EQUAL(now.st_mode & 0777, 0666 & ~mask);
    end_root();
}

static void a_file_without_a_folder_goes_to_the_working_folder(void)
{
    char before[1000];
    struct xd_error error;
    new_root();
    CU_ASSERT_PTR_NOT_NULL_FATAL(getcwd(before, sizeof before));
    CU_ASSERT_EQUAL_FATAL(chdir(root), 0);
    CU_ASSERT_EQUAL(xd_output_file("here.txt", "x", 1, &error), XD_OK);
    CU_ASSERT_EQUAL(xd_output_file("a//b/./c.txt", "y", 1, &error), XD_OK);
    CU_ASSERT_EQUAL_FATAL(chdir(before), 0);
    CU_ASSERT_TRUE(holds(in_root("here.txt"), "x"));
    CU_ASSERT_TRUE(holds(in_root("a/b/c.txt"), "y"));
    end_root();
}

static void nothing_is_seen_before_the_commit_and_nothing_stays_after_a_discard(void)
{
    struct xd_output_set *set = NULL;
    struct xd_output *a = NULL;
    struct xd_output *b = NULL;
    struct xd_error error;
    new_root();
    put_file(in_root("a.txt"), "old");
    CU_ASSERT_EQUAL_FATAL(xd_output_set_open(&set, &error), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_output_add(set, in_root("a.txt"), &a, &error), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_output_add(set, in_root("deep/er/b.txt"), &b, &error), XD_OK);
    CU_ASSERT_EQUAL(xd_output_write(a, "new", 3, &error), XD_OK);
    CU_ASSERT_EQUAL(xd_output_printf(b, &error, "%d", 7), XD_OK);
    CU_ASSERT_TRUE(holds(in_root("a.txt"), "old"));
    CU_ASSERT_TRUE(holds(in_root("deep/er/b.txt"), NULL));
    xd_output_set_discard(set);
    CU_ASSERT_TRUE(holds(in_root("a.txt"), "old"));
    CU_ASSERT_EQUAL(files_in(root), 1); /* the folders it made are gone, too */
    xd_output_set_discard(NULL);
    end_root();
}

static void long_lines_and_large_pieces_arrive_in_order(void)
{
    enum { LINES = 3000 };
    struct xd_output_set *set = NULL;
    struct xd_output *output = NULL;
    struct xd_error error;
    static char expected[400000];
    static char large[100000];
    size_t n = 0;
    new_root();
    memset(large, 'L', sizeof large - 1);
    CU_ASSERT_EQUAL_FATAL(xd_output_set_open(&set, &error), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_output_add(set, in_root("a"), &output, &error), XD_OK);
    for (int i = 0; i < LINES; i++) {
        n += (size_t)snprintf(expected + n, sizeof expected - n, "line %d %060d\n", i, i);
        CU_ASSERT_EQUAL_FATAL(xd_output_printf(output, &error, "line %d %060d\n", i, i), XD_OK);
    }
    n += (size_t)snprintf(expected + n, sizeof expected - n, "%s.", large);
    CU_ASSERT_EQUAL_FATAL(xd_output_write(output, large, sizeof large - 1, &error), XD_OK); /* more than the output's buffer */
    CU_ASSERT_EQUAL_FATAL(xd_output_write(output, ".", 1, &error), XD_OK);
    n += (size_t)snprintf(expected + n, sizeof expected - n, "%02000d", 5);
    CU_ASSERT_EQUAL_FATAL(xd_output_printf(output, &error, "%02000d", 5), XD_OK); /* more than printf's line */
    CU_ASSERT_EQUAL(xd_output_set_commit(set, &error), XD_OK);
    CU_ASSERT_TRUE(holds(in_root("a"), expected));
    end_root();
}

static void more_files_than_may_be_open_are_written_in_turns(void)
{
    enum { FILES = 100 };
    struct xd_output_set *set = NULL;
    struct xd_output *outputs[FILES];
    struct xd_error error;
    char name[40];
    int wrong = 0;
    new_root();
    CU_ASSERT_EQUAL_FATAL(xd_output_set_open(&set, &error), XD_OK);
    for (int i = 0; i < FILES; i++) {
        snprintf(name, sizeof name, "gpx/%d.gpx", i);
        CU_ASSERT_EQUAL_FATAL(xd_output_add(set, in_root(name), &outputs[i], &error), XD_OK);
    }
    for (int round = 0; round < 3; round++)
        for (int i = 0; i < FILES; i++)
            CU_ASSERT_EQUAL_FATAL(xd_output_printf(outputs[i], &error, "%d:%d;", i, round), XD_OK);
    int before = dup(0);
    CU_ASSERT_TRUE(before < 60); /* 32 files and what the test itself has */
    close(before);
    CU_ASSERT_EQUAL(xd_output_set_commit(set, &error), XD_OK);
    for (int i = 0; i < FILES; i++) {
        char expected[80];
        snprintf(name, sizeof name, "gpx/%d.gpx", i);
        snprintf(expected, sizeof expected, "%d:0;%d:1;%d:2;", i, i, i);
        wrong += !holds(in_root(name), expected);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_EQUAL(files_in(in_root("gpx")), FILES);
    end_root();
}

static void a_set_has_a_limit_of_files(void)
{
    struct xd_output_set *set = NULL;
    struct xd_output *output = NULL;
    struct xd_error error;
    char name[40];
    new_root();
    CU_ASSERT_EQUAL_FATAL(xd_output_set_open(&set, &error), XD_OK);
    for (int i = 0; i < XD_OUTPUT_FILES_MAX; i++) {
        snprintf(name, sizeof name, "%d", i);
        CU_ASSERT_EQUAL_FATAL(xd_output_add(set, in_root(name), &output, &error), XD_OK);
    }
    CU_ASSERT_EQUAL(xd_output_add(set, in_root("one more"), &output, &error), XD_DATA);
    CU_ASSERT_STRING_EQUAL(error.message, "output files: 4097 are needed, the limit is 4096; split the input");
    xd_output_set_discard(set);
    CU_ASSERT_EQUAL(files_in(root), 0);
    end_root();
}

static void a_target_that_cannot_be_a_file_is_refused_before_anything_is_written(void)
{
    static const struct {
        const char *name, *words;
    } cases[] = {
        {"folder", "not a plain file"},    {"folder/", "needs a file name"}, {"twice", "two outputs"},
        {"file/below", "Not a directory"}, {"null", "not a plain file"},
    };
    struct xd_output_set *set = NULL;
    struct xd_output *output = NULL;
    struct xd_error error;
    new_root();
    CU_ASSERT_EQUAL_FATAL(mkdir(in_root("folder"), 0777), 0);
    CU_ASSERT_EQUAL_FATAL(symlink("/dev/null", in_root("null")), 0);
    put_file(in_root("file"), "f");
    CU_ASSERT_EQUAL_FATAL(xd_output_set_open(&set, &error), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_output_add(set, in_root("twice"), &output, &error), XD_OK);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(cases); i++) {
        struct xd_output *other = NULL;
        CU_ASSERT_EQUAL(xd_output_add(set, in_root(cases[i].name), &other, &error), XD_CANNOT_CREATE);
        CU_ASSERT_PTR_NULL(other);
        CU_ASSERT_PTR_NOT_NULL(strstr(error.message, cases[i].words));
        CU_ASSERT_EQUAL(strncmp(error.source, root, strlen(root)), 0);
    }
    struct xd_output *other = NULL;
    CU_ASSERT_EQUAL(xd_output_add(set, "", &other, &error), XD_CANNOT_CREATE);
    xd_output_set_discard(set);
    CU_ASSERT_EQUAL(files_in(root), 3);
    end_root();
}

static void a_name_of_the_greatest_length_is_written(void)
{
    char name[256];
    struct xd_error error;
    new_root();
    memset(name, 'n', sizeof name - 1);
    name[255] = '\0';
    CU_ASSERT_EQUAL(xd_output_file(in_root(name), "x", 1, &error), XD_OK);
    CU_ASSERT_TRUE(holds(in_root(name), "x"));
    end_root();
}

static void a_temporary_left_by_a_killed_process_is_not_touched(void)
{
    char name[100];
    struct xd_error error;
    new_root();
    for (int i = 0; i < 20000; i++) { /* find the next number by its trace, then stand in its way */
        if (i == 0)
            CU_ASSERT_EQUAL_FATAL(xd_output_file(in_root("probe"), "x", 1, &error), XD_OK);
        snprintf(name, sizeof name, ".a.xd-%ld-%d.tmp", (long)getpid(), i);
        if (i < 400)
            put_file(in_root(name), "left");
    }
    enum xd_status status = xd_output_file(in_root("a"), "whole", 5, &error);
    /* up to a hundred names in the way are stepped over; more are an error, and nothing is overwritten either way */
    CU_ASSERT_TRUE(status == XD_OK ? holds(in_root("a"), "whole") : status == XD_CANNOT_CREATE && holds(in_root("a"), NULL));
    int changed = 0;
    for (int i = 0; i < 400; i++) {
        snprintf(name, sizeof name, ".a.xd-%ld-%d.tmp", (long)getpid(), i);
        changed += !holds(in_root(name), "left");
    }
    CU_ASSERT_EQUAL(changed, 0);
    end_root();
}

/* The set of the fault tests: one replaced file, one new file larger than the buffer, one in a new folder. */
static char large_text[150001];

static enum xd_status write_set(struct xd_error *error)
{
    struct xd_output_set *set = NULL;
    struct xd_output *a = NULL;
    struct xd_output *b = NULL;
    struct xd_output *c = NULL;
    enum xd_status status = xd_output_set_open(&set, error);
    if (status != XD_OK)
        return status;
    status = xd_output_add(set, in_root("a"), &a, error);
    if (status == XD_OK)
        status = xd_output_add(set, in_root("b"), &b, error);
    if (status == XD_OK)
        status = xd_output_add(set, in_root("new/er/c"), &c, error);
    if (status == XD_OK)
        status = xd_output_printf(a, error, "new %02000d", 1);
    if (status == XD_OK)
        status = xd_output_write(b, large_text, 40000, error);
    if (status == XD_OK)
        status = xd_output_write(b, large_text + 40000, 40000, error);
    if (status == XD_OK)
        status = xd_output_write(b, large_text + 80000, 70000, error);
    if (status == XD_OK)
        status = xd_output_write(c, "c", 1, error);
    if (status == XD_OK)
        return xd_output_set_commit(set, error);
    xd_output_set_discard(set);
    return status;
}

static void prepare_set(char new_a[2010])
{
    new_root();
    put_file(in_root("a"), "old");
    for (size_t i = 0; i + 1 < sizeof large_text; i++)
        large_text[i] = (char)('a' + i % 23);
    snprintf(new_a, 2010, "new %02000d", 1);
}

/* Every file is its old self (or absent) or whole; after a failure no temporary and no folder without a file. */
static void check_whole_or_nothing(enum xd_status status, const char *new_a)
{
    bool a_new = holds(in_root("a"), new_a);
    bool b_new = holds(in_root("b"), large_text);
    bool c_new = holds(in_root("new/er/c"), "c");
    CU_ASSERT_TRUE(a_new || holds(in_root("a"), "old"));
    CU_ASSERT_TRUE(b_new || holds(in_root("b"), NULL));
    CU_ASSERT_TRUE(c_new || holds(in_root("new/er/c"), NULL));
    CU_ASSERT_EQUAL(files_in(root), 1 + b_new + c_new);
    CU_ASSERT_EQUAL(files_in(in_root("new/er")), c_new ? 1 : -1);
    if (status == XD_OK)
        CU_ASSERT_TRUE(a_new && b_new && c_new);
}

static void a_failure_of_any_system_operation_leaves_whole_files_only(void)
{
    char new_a[2010];
    struct xd_error error;
    static const int reasons[] = {ENOSPC, EIO};
    prepare_set(new_a);
    uint64_t before = xd_output_operations_n();
    CU_ASSERT_EQUAL(write_set(&error), XD_OK);
    uint64_t operations_n = xd_output_operations_n() - before;
    check_whole_or_nothing(XD_OK, new_a);
    /* 2 mkdir, 3 open, 5 write (a, 3 of b, c), 3 fsync, 3 rename, and 4 folders opened and synced (root, new/er, root, new) */
    CU_ASSERT_EQUAL(operations_n, 2 + 3 + 5 + 3 + 3 + 8);
    struct xd_alloc_statistics start = xd_alloc_statistics_read();
    for (size_t r = 0; r < XD_ARRAY_LENGTH(reasons); r++) {
        for (uint64_t n = 1; n <= operations_n; n++) {
            prepare_set(new_a);
            xd_output_fail_at(n, reasons[r]);
            enum xd_status status = write_set(&error);
            xd_output_fail_at(0, 0);
            CU_ASSERT_TRUE(status == XD_IO || status == XD_CANNOT_CREATE);
            CU_ASSERT_PTR_NOT_NULL(strstr(error.message, strerror(reasons[r])));
            CU_ASSERT_TRUE(error.source[0] != '\0');
            check_whole_or_nothing(status, new_a);
            if (n <= 13) /* nothing is renamed before all is on the disk */
                CU_ASSERT_TRUE(holds(in_root("a"), "old"));
        }
    }
    CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, start.live_n);
    end_root();
}

static void a_failure_of_any_allocation_leaves_whole_files_only(void)
{
    char new_a[2010];
    struct xd_error error;
    for (int and_after = 0; and_after < 2; and_after++) {
        enum xd_status status = XD_NO_MEMORY;
        for (uint64_t n = 1; status != XD_OK; n++) {
            struct xd_alloc_statistics start = xd_alloc_statistics_read();
            prepare_set(new_a);
            xd_alloc_fail_at(n, and_after != 0);
            status = write_set(&error);
            xd_alloc_fail_at(0, false);
            CU_ASSERT_TRUE_FATAL(n < 200);
            CU_ASSERT_TRUE(status == XD_OK || status == XD_NO_MEMORY);
            check_whole_or_nothing(status, new_a);
            CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, start.live_n);
        }
    }
    end_root();
}

static void an_interrupted_write_is_repeated(void)
{
    char new_a[2010];
    struct xd_error error;
    static const uint64_t writes[] = {6, 7, 8, 9, 12}; /* three of b as its buffer fills, then a and c, each with its fsync, at the commit */
    for (size_t i = 0; i < XD_ARRAY_LENGTH(writes); i++) {
        prepare_set(new_a);
        xd_output_fail_at(writes[i], EINTR);
        enum xd_status status = write_set(&error);
        xd_output_fail_at(0, 0);
        CU_ASSERT_EQUAL(status, XD_OK);
        check_whole_or_nothing(status, new_a);
    }
    end_root();
}

static void after_a_failed_write_every_later_one_fails_and_so_does_the_commit(void)
{
    struct xd_output_set *set = NULL;
    struct xd_output *output = NULL;
    struct xd_error error;
    static char large[70000];
    new_root();
    CU_ASSERT_EQUAL_FATAL(xd_output_set_open(&set, &error), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_output_add(set, in_root("a"), &output, &error), XD_OK);
    xd_output_fail_at(1, ENOSPC);
    CU_ASSERT_EQUAL(xd_output_write(output, large, sizeof large, &error), XD_IO);
    xd_output_fail_at(0, 0);
    error.message[0] = '\0';
    CU_ASSERT_EQUAL(xd_output_write(output, "x", 1, &error), XD_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, strerror(ENOSPC)));
    CU_ASSERT_EQUAL(xd_output_printf(output, NULL, "x"), XD_IO);
    error.message[0] = '\0';
    CU_ASSERT_EQUAL(xd_output_set_commit(set, &error), XD_IO);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, strerror(ENOSPC)));
    CU_ASSERT_EQUAL(files_in(root), 0);
    end_root();
}

static void a_probe_tells_what_a_write_would_meet_and_leaves_nothing(void)
{
    struct xd_error error = {0};
    new_root();
    CU_ASSERT_EQUAL(xd_output_probe(in_root("new/folder/plan.json"), &error), XD_OK);
    CU_ASSERT_EQUAL(files_in(root), 0);
    CU_ASSERT_EQUAL(xd_output_file(in_root("file"), "x", 1, &error), XD_OK);
    CU_ASSERT_EQUAL(xd_output_probe(in_root("file/plan.json"), &error), XD_CANNOT_CREATE);
    xd_output_fail_at(1, EROFS);
    CU_ASSERT_EQUAL(xd_output_probe(in_root("plan.json"), &error), XD_CANNOT_CREATE);
    xd_output_fail_at(0, 0);
    CU_ASSERT_EQUAL(files_in(root), 1);
    end_root();
}

static const struct xd_test_case cases[] = {
    XD_CASE(a_probe_tells_what_a_write_would_meet_and_leaves_nothing),
    XD_CASE(one_file_is_written_whole_and_replaces_the_old_one),
    XD_CASE(a_file_without_a_folder_goes_to_the_working_folder),
    XD_CASE(nothing_is_seen_before_the_commit_and_nothing_stays_after_a_discard),
    XD_CASE(long_lines_and_large_pieces_arrive_in_order),
    XD_CASE(more_files_than_may_be_open_are_written_in_turns),
    XD_CASE(a_set_has_a_limit_of_files),
    XD_CASE(a_target_that_cannot_be_a_file_is_refused_before_anything_is_written),
    XD_CASE(a_name_of_the_greatest_length_is_written),
    XD_CASE(a_temporary_left_by_a_killed_process_is_not_touched),
    XD_CASE(a_failure_of_any_system_operation_leaves_whole_files_only),
    XD_CASE(a_failure_of_any_allocation_leaves_whole_files_only),
    XD_CASE(an_interrupted_write_is_repeated),
    XD_CASE(after_a_failed_write_every_later_one_fails_and_so_does_the_commit),
};
const struct xd_test_suite xd_suite_base_output = {"base_output", cases, XD_ARRAY_LENGTH(cases)};
