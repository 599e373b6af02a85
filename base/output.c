#include "base/output.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUFFER_BYTES = 64 * 1024,
    OPEN_MAX = 32,           /* files of a set that hold a descriptor and a buffer at a time; 4096 would pass the usual limit of 1024 */
    TEMPORARY_TRIES = 100,   /* names taken by a killed process with the same id */
    TEMPORARY_NAME_MAX = 180 /* bytes of the target's name kept in the temporary's: names end at 255 */
};

struct xd_output {
    struct xd_output_set *set;
    char *path;
    char *temporary;
    char *buffer; /* NULL while closed */
    size_t buffered;
    int fd; /* -1 while closed */
    uint64_t last_use;
    bool exists;             /* the temporary is on the disk */
    struct xd_error failure; /* status XD_OK = none */
};

struct xd_output_set {
    struct xd_output **files;
    size_t files_n;
    size_t files_capacity;
    char **folders_made; /* in order; removed again when the set fails */
    size_t folders_made_n;
    size_t folders_made_capacity;
    uint64_t uses_n;
};

static _Atomic uint64_t operations_n = 0;
static _Atomic uint64_t fail_at = 0; /* value of operations_n that fails; 0 = off */
static _Atomic int fail_errno = 0;
static _Atomic uint64_t temporaries_n = 0;

void xd_output_fail_at(uint64_t nth, int error_number)
{
    atomic_store(&fail_errno, error_number);
    atomic_store(&fail_at, nth == 0 ? 0 : atomic_load(&operations_n) + nth);
}

uint64_t xd_output_operations_n(void)
{
    return atomic_load(&operations_n);
}

/* Counts a system operation; true when the hook says that it fails, with errno set. */
static bool operation_fails(void)
{
    uint64_t number = atomic_fetch_add(&operations_n, 1) + 1;
    if (number != atomic_load(&fail_at))
        return false;
    errno = atomic_load(&fail_errno);
    return true;
}

/* strerror's answer lives in the thread (glibc since 2.32). */
static enum xd_status fail_system(struct xd_error *error, enum xd_status status, const char *path, const char *what, int reason)
{
    return xd_fail(error, status, xd_at_file(path), "%s: %s; check the folder, its permissions and the free space", xd_message(what),
                   strerror(reason));
}

enum xd_status xd_output_set_open(struct xd_output_set **set, struct xd_error *error)
{
    struct xd_output_set *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "a set of output files", sizeof *made);
    *set = made;
    return XD_OK;
}

/* Length of the folder part without its last slash: 0 for "name", 1 for "/name". */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return 0;
    return slash == path ? 1 : (size_t)(slash - path);
}

static char *folder_of(const char *path)
{
    size_t n = folder_length(path);
    if (n == 0)
        return xd_string_copy(".");
    char *folder = xd_alloc(n + 1, 1);
    if (folder) {
        memcpy(folder, path, n);
        folder[n] = '\0';
    }
    return folder;
}

/* Makes one folder and remembers it, unless it is there. Takes its own copy of `folder`. */
static enum xd_status make_folder(struct xd_output_set *set, const char *folder, struct xd_error *error)
{
    struct stat status_now;
    if (stat(folder, &status_now) == 0) {
        if (S_ISDIR(status_now.st_mode))
            return XD_OK;
        return fail_system(error, XD_CANNOT_CREATE, folder, "the folder cannot be created", ENOTDIR);
    }
    void *folders = set->folders_made;
    enum xd_status status = xd_array_reserve(&folders, &set->folders_made_capacity, set->folders_made_n + 1, sizeof(char *),
                                             SIZE_MAX / sizeof(char *), "output folders", error);
    set->folders_made = folders;
    if (status != XD_OK)
        return status;
    char *copy = xd_string_copy(folder);
    if (!copy)
        return xd_fail_memory(error, "the name of an output folder", strlen(folder) + 1);
    if (operation_fails() || mkdir(folder, 0777) != 0) {
        int reason = errno;
        xd_free(copy);
        return reason == EEXIST ? XD_OK : fail_system(error, XD_CANNOT_CREATE, folder, "the folder cannot be created", reason);
    }
    set->folders_made[set->folders_made_n++] = copy;
    return XD_OK;
}

static enum xd_status make_folders(struct xd_output_set *set, const char *path, struct xd_error *error)
{
    size_t n = folder_length(path);
    char *folder = xd_string_copy(path);
    if (!folder)
        return xd_fail_memory(error, "the name of an output folder", strlen(path) + 1);
    enum xd_status status = XD_OK;
    for (size_t i = 1; i <= n && status == XD_OK; i++) {
        if (i < n && path[i] != '/')
            continue;
        folder[i] = '\0';
        if (folder[i - 1] != '/' || i == 1)
            status = make_folder(set, folder, error);
        folder[i] = path[i];
    }
    xd_free(folder);
    return status;
}

/* A target that is not a plain file (a folder, /dev/null) would be refused or destroyed by the rename: say so before anything is written. */
static enum xd_status check_target(const struct xd_output_set *set, const char *path, struct xd_error *error)
{
    struct stat now;
    size_t n = strlen(path);
    if (n == 0 || path[n - 1] == '/')
        return xd_fail(error, XD_CANNOT_CREATE, xd_at_file(path), "the output needs a file name; found a folder or nothing");
    for (size_t i = 0; i < set->files_n; i++)
        if (strcmp(set->files[i]->path, path) == 0)
            return xd_fail(error, XD_CANNOT_CREATE, xd_at_file(path), "two outputs would have the same file name; rename one of them");
    if (stat(path, &now) == 0 && !S_ISREG(now.st_mode))
        return xd_fail(error, XD_CANNOT_CREATE, xd_at_file(path), "the output exists and is not a plain file; choose another name");
    return XD_OK;
}

static enum xd_status keep_failure(struct xd_output *output, struct xd_error *error)
{
    if (error)
        *error = output->failure;
    return output->failure.status;
}

static enum xd_status write_all(struct xd_output *output, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t written = operation_fails() ? -1 : write(output->fd, bytes, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return fail_system(&output->failure, XD_IO, output->path, "writing failed", written < 0 ? errno : ENOSPC);
        bytes += written;
        n -= (size_t)written;
    }
    return XD_OK;
}

static enum xd_status flush(struct xd_output *output)
{
    enum xd_status status = write_all(output, output->buffer, output->buffered);
    output->buffered = 0;
    return status;
}

static void close_file(struct xd_output *output)
{
    if (output->fd >= 0)
        (void)close(output->fd); /* nothing is lost here: what counts was fsynced */
    output->fd = -1;
    xd_free(output->buffer);
    output->buffer = NULL;
    output->buffered = 0;
}

static enum xd_status sync_file(struct xd_output *output)
{
    if (operation_fails() || fsync(output->fd) != 0)
        return fail_system(&output->failure, XD_IO, output->path, "writing to the disk failed", errno);
    return XD_OK;
}

/* Closes the file that was used least recently when too many are open. It is fsynced first: an error that the system would report on this
 * descriptor only must not be lost with it. */
static void make_room(struct xd_output_set *set)
{
    struct xd_output *oldest = NULL;
    size_t open_n = 0;
    for (size_t i = 0; i < set->files_n; i++) {
        struct xd_output *file = set->files[i];
        if (file->fd < 0)
            continue;
        open_n++;
        if (!oldest || file->last_use < oldest->last_use)
            oldest = file;
    }
    if (open_n < OPEN_MAX)
        return;
    if (oldest->failure.status == XD_OK && flush(oldest) == XD_OK)
        (void)sync_file(oldest); /* kept in its failure, which the commit finds */
    close_file(oldest);
}

/* Opens the temporary (makes it the first time) and its buffer. Keeps the failure in the output. */
static enum xd_status open_file(struct xd_output *output)
{
    make_room(output->set);
    output->buffer = xd_alloc(BUFFER_BYTES, 1);
    if (!output->buffer)
        return xd_fail_memory(&output->failure, "an output file", BUFFER_BYTES);
    output->buffered = 0;
    int flags = O_WRONLY | O_CLOEXEC | O_NOFOLLOW | (output->exists ? O_APPEND : O_CREAT | O_EXCL);
    do {
        output->fd = operation_fails() ? -1 : open(output->temporary, flags, 0666);
    } while (output->fd < 0 && errno == EINTR);
    if (output->fd < 0) {
        int reason = errno;
        xd_free(output->buffer);
        output->buffer = NULL;
        (void)fail_system(&output->failure, XD_CANNOT_CREATE, output->path, "the file cannot be created", reason);
        errno = reason;
        return XD_CANNOT_CREATE;
    }
    output->exists = true;
    return XD_OK;
}

/* Opens a temporary under a free name. */
static enum xd_status create_temporary(struct xd_output *output)
{
    const char *name = strrchr(output->path, '/');
    name = name ? name + 1 : output->path;
    size_t name_n = strlen(name);
    if (name_n > TEMPORARY_NAME_MAX)
        name_n = TEMPORARY_NAME_MAX;
    size_t room = strlen(output->path) + 64;
    output->temporary = xd_alloc(room, 1);
    if (!output->temporary)
        return xd_fail_memory(&output->failure, "the name of an output file", room);
    enum xd_status status = XD_OK;
    for (int try = 0; try < TEMPORARY_TRIES; try++) {
        uint64_t number = atomic_fetch_add(&temporaries_n, 1) + 1;
        snprintf(output->temporary, room, "%.*s.%.*s.xd-%ld-%llu.tmp", (int)(name - output->path), output->path, (int)name_n, name, (long)getpid(),
                 (unsigned long long)number);
        output->failure.status = XD_OK;
        status = open_file(output);
        if (status != XD_CANNOT_CREATE || errno != EEXIST)
            break;
    }
    return status;
}

static void output_free(struct xd_output *output)
{
    if (!output)
        return;
    close_file(output);
    if (output->exists)
        (void)unlink(output->temporary);
    xd_free(output->temporary);
    xd_free(output->path);
    xd_free(output);
}

enum xd_status xd_output_add(struct xd_output_set *set, const char *path, struct xd_output **output, struct xd_error *error)
{
    struct xd_output *made = NULL;
    void *files = set->files;
    enum xd_status status = check_target(set, path, error);
    if (status != XD_OK)
        goto done;
    status = xd_array_reserve(&files, &set->files_capacity, set->files_n + 1, sizeof(struct xd_output *), XD_OUTPUT_FILES_MAX, "output files", error);
    set->files = files;
    if (status != XD_OK)
        goto done;
    made = xd_alloc_zero(1, sizeof *made);
    if (made) {
        made->fd = -1;
        made->set = set;
        made->last_use = ++set->uses_n;
        made->path = xd_string_copy(path);
    }
    if (!made || !made->path) {
        status = xd_fail_memory(error, "an output file", sizeof *made);
        goto done;
    }
    status = make_folders(set, path, error);
    if (status != XD_OK)
        goto done;
    status = create_temporary(made);
    if (status != XD_OK) {
        (void)keep_failure(made, error);
        goto done;
    }
    set->files[set->files_n++] = made;
    *output = made;
    made = NULL;
done:
    output_free(made);
    return status;
}

enum xd_status xd_output_write(struct xd_output *output, const void *bytes, size_t n, struct xd_error *error)
{
    if (output->failure.status != XD_OK)
        return keep_failure(output, error);
    output->last_use = ++output->set->uses_n;
    if (output->fd < 0 && open_file(output) != XD_OK)
        return keep_failure(output, error);
    if (n > BUFFER_BYTES - output->buffered && flush(output) != XD_OK)
        return keep_failure(output, error);
    if (n >= BUFFER_BYTES)
        return write_all(output, bytes, n) == XD_OK ? XD_OK : keep_failure(output, error);
    if (n > 0)
        memcpy(output->buffer + output->buffered, bytes, n);
    output->buffered += n;
    return XD_OK;
}

enum xd_status xd_output_printf(struct xd_output *output, struct xd_error *error, const char *format, ...)
{
    char line[1024];
    char *text = line;
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (n < 0) {
        (void)xd_fail(&output->failure, XD_INTERNAL, xd_at_file(output->path), "a text cannot be formatted: \"%s\"", format);
        return keep_failure(output, error);
    }
    if ((size_t)n >= sizeof line) {
        text = xd_alloc((size_t)n + 1, 1);
        if (!text) {
            (void)xd_fail_memory(&output->failure, "a line of an output file", (size_t)n + 1);
            return keep_failure(output, error);
        }
        va_start(arguments, format);
        vsnprintf(text, (size_t)n + 1, format, arguments);
        va_end(arguments);
    }
    enum xd_status status = xd_output_write(output, text, (size_t)n, error);
    if (text != line)
        xd_free(text);
    return status;
}

static enum xd_status finish_file(struct xd_output *output, struct xd_error *error)
{
    if (output->failure.status == XD_OK && (output->fd >= 0 || open_file(output) == XD_OK) && flush(output) == XD_OK)
        (void)sync_file(output);
    close_file(output);
    return output->failure.status == XD_OK ? XD_OK : keep_failure(output, error);
}

static enum xd_status sync_folder(const char *folder, struct xd_error *error)
{
    int fd = operation_fails() ? -1 : open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 && errno == EACCES)
        return XD_OK; /* a folder that one may write but not read cannot be synced; the files are whole */
    bool good = fd >= 0 && !operation_fails() && fsync(fd) == 0;
    int reason = errno;
    if (fd >= 0)
        (void)close(fd);
    if (good || reason == EINVAL) /* EINVAL: this file system does not sync folders */
        return XD_OK;
    return fail_system(error, XD_IO, folder, "the files are in place, but the disk did not confirm their folder", reason);
}

/* Syncs the folder of each path once; paths of one folder mostly follow each other, and a repeated sync would only cost time. */
static enum xd_status sync_folders(const struct xd_output_set *set, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    char *last = NULL;
    for (size_t i = 0; i < set->files_n + set->folders_made_n && status == XD_OK; i++) {
        char *folder = folder_of(i < set->files_n ? set->files[i]->path : set->folders_made[i - set->files_n]);
        if (!folder)
            status = xd_fail_memory(error, "the name of an output folder", 1);
        else if (!last || strcmp(last, folder) != 0)
            status = sync_folder(folder, error);
        xd_free(last);
        last = folder;
    }
    xd_free(last);
    return status;
}

static void set_free(struct xd_output_set *set)
{
    for (size_t i = 0; i < set->files_n; i++)
        output_free(set->files[i]);
    for (size_t i = set->folders_made_n; i-- > 0;) {
        (void)rmdir(set->folders_made[i]); /* fails, as it should, where files stand in it */
        xd_free(set->folders_made[i]);
    }
    xd_free(set->folders_made);
    xd_free(set->files);
    xd_free(set);
}

enum xd_status xd_output_set_commit(struct xd_output_set *set, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    for (size_t i = 0; i < set->files_n && status == XD_OK; i++)
        status = finish_file(set->files[i], error);
    for (size_t i = 0; i < set->files_n && status == XD_OK; i++) {
        struct xd_output *file = set->files[i];
        if (operation_fails() || rename(file->temporary, file->path) != 0)
            status = fail_system(error, XD_CANNOT_CREATE, file->path, "the finished file cannot be moved to its place", errno);
        else
            file->exists = false;
    }
    if (status == XD_OK)
        status = sync_folders(set, error);
    set_free(set);
    return status;
}

void xd_output_set_discard(struct xd_output_set *set)
{
    if (set)
        set_free(set);
}

enum xd_status xd_output_probe(const char *path, struct xd_error *error)
{
    struct xd_output_set *set = NULL;
    struct xd_output *output = NULL;
    enum xd_status status = xd_output_set_open(&set, error);
    if (status == XD_OK)
        status = xd_output_add(set, path, &output, error);
    xd_output_set_discard(set);
    return status;
}

enum xd_status xd_output_file(const char *path, const void *bytes, size_t n, struct xd_error *error)
{
    struct xd_output_set *set = NULL;
    struct xd_output *output = NULL;
    enum xd_status status = xd_output_set_open(&set, error);
    if (status != XD_OK)
        return status;
    status = xd_output_add(set, path, &output, error);
    if (status == XD_OK)
        status = xd_output_write(output, bytes, n, error);
    if (status == XD_OK)
        return xd_output_set_commit(set, error);
    xd_output_set_discard(set);
    return status;
}
