/* The floor below reading OSM XML: libxml2's SAX2 push parser over the same bytes, counting elements and attributes and doing nothing else. Least of three runs,
 * maps from the command line. bench/macro/roads.sh puts it beside the load. */
#include "bench/harness.h"

#include "io/bytes/libraries.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

enum { CHUNK_BYTES = 64 * 1024, RUNS = 3 };

struct counts {
    int64_t elements_n, attributes_n;
};

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces_n, const xmlChar **namespaces,
                          int attributes_n, int defaulted_n, const xmlChar **attributes)
{
    struct counts *counts = context;
    (void)name, (void)prefix, (void)uri, (void)namespaces_n, (void)namespaces, (void)defaulted_n, (void)attributes;
    counts->elements_n++;
    counts->attributes_n += attributes_n;
}

/* False when the file cannot be read or is no XML. */
static bool count(const char *path, struct counts *counts)
{
    static char chunk[CHUNK_BYTES];
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC, .startElementNs = start_element};
    FILE *file = fopen(path, "rb");
    xmlParserCtxtPtr parser = file ? xmlCreatePushParserCtxt(&handler, counts, NULL, 0, NULL) : NULL;
    bool good = parser && xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOENT) == 0;
    for (size_t n = 1; good && n > 0;) {
        n = fread(chunk, 1, sizeof chunk, file);
        good = xmlParseChunk(parser, chunk, (int)n, n == 0) == 0;
    }
    if (parser)
        xmlFreeParserCtxt(parser);
    if (file)
        fclose(file);
    return good;
}

int main(int argc, char **argv)
{
    int counted_n = 0;
    xd_libraries_init();
    for (int i = 1; i < argc; i++) {
        const char *slash = strrchr(argv[i], '/');
        double best_s = 0;
        struct counts counts = {0};
        for (int run = 0; run < RUNS; run++) {
            counts = (struct counts){0};
            const double begin_s = xd_bench_seconds();
            if (!count(argv[i], &counts)) {
                fprintf(stderr, "skipped: %s: not read\n", argv[i]);
                break;
            }
            const double took_s = xd_bench_seconds() - begin_s;
            best_s = run == 0 || took_s < best_s ? took_s : best_s;
            counted_n += run == RUNS - 1;
        }
        xd_bench_keep((uint64_t)(counts.elements_n + counts.attributes_n));
        xd_bench_report("sax_count", slash ? slash + 1 : argv[i], best_s, "s");
    }
    xd_libraries_end();
    return counted_n == argc - 1 ? 0 : 1;
}
