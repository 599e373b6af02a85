# maps, solver and scenarios are pure: their archives call nothing that reaches a file, a socket, the environment, a clock, a terminal or another process.
# shellcheck shell=bash source=tests/lines.sh
. "$ROOT/tests/lines.sh"

# Suffixes and prefixes that the C library gives the same calls (64-bit files, fortified, ISO C99) are cut off before comparing.
forbidden='open|openat|creat|fopen|fdopen|freopen|tmpfile|mkstemp|close|fclose|read|pread|readv|fread|fgets|fgetc|getc|getline|getdelim|scanf|fscanf'
forbidden+='|write|pwrite|writev|fwrite|fputs|fputc|putc|putchar|puts|printf|fprintf|dprintf|vprintf|vfprintf|vdprintf|perror|fflush|setvbuf'
forbidden+='|stdin|stdout|stderr|mmap|stat|lstat|fstat|access|opendir|readdir|mkdir|rename|unlink|remove|rmdir|chdir|getcwd|realpath'
forbidden+='|socket|connect|send|recv|select|poll|ioctl|getenv|secure_getenv|setenv|putenv|environ|setlocale|isatty'
forbidden+='|clock|clock_gettime|time|gettimeofday|localtime|localtime_r|mktime|omp_get_wtime|sleep|usleep|nanosleep'
forbidden+='|rand|srand|random|srandom|drand48|getrandom|exit|_exit|_Exit|quick_exit|abort|assert_fail|atexit|system|popen|fork|execve|kill|signal|sigaction'
forbidden+='|pthread_create|syslog|dlopen|xd_output_[a-z_]+'

# impure ARCHIVE...: prints "archive(object): symbol" for each forbidden symbol that is called.
impure() {
  "$NM" -A -u "$@" 2>&1 | awk -v forbidden="^($forbidden)\$" '
    { symbol = $NF; plain = symbol
      sub(/@.*/, "", plain); sub(/^__isoc99_/, "", plain); sub(/^__isoc23_/, "", plain); sub(/_chk$/, "", plain); sub(/^__/, "", plain)
      sub(/_2$/, "", plain); sub(/64$/, "", plain)
      if (plain ~ forbidden) { place = $1; sub(/^.*\//, "", place); print place, symbol } }'
}

# shellcheck disable=SC2086 # a list
for archive in $ARCHIVES; do
  case ${archive##*/} in
  libxd_maps.a | libxd_solver_*.a | libxd_scenarios.a)
    found=$(impure "$archive")
    if [ -z "$found" ]; then
      ok "${archive##*/} is pure"
    else
      fail "${archive##*/} calls the world outside:"
      printf '%s\n' "$found" | sed 's/^/    /'
    fi
    ;;
  esac
done

# The test can fail: a planted object that breaks the rule in several spellings is found.
cat >"$TEMPORARY/planted.c" <<'C'
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
int xd_output_write(void);
int xd_planted(const char *path)
{
    struct timespec now;
    FILE *file = fopen(path, "r");
    int descriptor = open(path, O_RDONLY);
    if (!file || clock_gettime(CLOCK_MONOTONIC, &now) != 0 || getenv("HOME"))
        abort();
    return fprintf(stderr, "%d", descriptor) + xd_output_write();
}
C
"$CC" -O2 -D_GNU_SOURCE -D_FORTIFY_SOURCE=2 -D_FILE_OFFSET_BITS=64 -c "$TEMPORARY/planted.c" -o "$TEMPORARY/planted.o"
"$AR" rc "$TEMPORARY/libplanted.a" "$TEMPORARY/planted.o"
for symbol in fopen open clock_gettime getenv abort fprintf stderr xd_output_write; do
  check "a planted $symbol is found" grep -qE "(^|[ _])$symbol" <(impure "$TEMPORARY/libplanted.a")
done
