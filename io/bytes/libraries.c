#include "io/bytes/libraries.h"

#include "base/alloc.h"

#include <jansson.h>
#include <libdeflate.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>
#include <threads.h>

static once_flag init_flag = ONCE_FLAG_INIT;
static _Thread_local bool xml_memory_failed = false;
static _Thread_local bool json_memory_failed = false;

static void *noted(void *pointer)
{
    if (!pointer)
        xml_memory_failed = true;
    return pointer;
}

static void *xml_malloc(size_t size)
{
    return noted(xd_malloc_plain(size));
}

static void *xml_realloc(void *old, size_t size)
{
    return noted(xd_realloc_plain(old, size));
}

static char *xml_strdup(const char *text)
{
    return noted(xd_string_copy(text));
}

static void *json_malloc(size_t size)
{
    void *pointer = xd_malloc_plain(size);
    json_memory_failed = json_memory_failed || !pointer;
    return pointer;
}

/* libxml2 prints what it has no other place for, such as failed allocations of its buffers. */
static void print_nothing(void *context, const char *format, ...)
{
    (void)context;
    (void)format;
}

static void init(void)
{
    json_set_alloc_funcs(json_malloc, xd_free);
    libdeflate_set_memory_allocator(xd_malloc_plain, xd_free);
    xmlMemSetup(xd_free, xml_malloc, xml_realloc, xml_strdup);
    xmlThrDefSetGenericErrorFunc(NULL, print_nothing);
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, print_nothing);
}

void xd_libraries_init(void)
{
    call_once(&init_flag, init);
}

void xd_libraries_end(void)
{
    xmlCleanupParser();
}

void xd_libraries_xml_memory_reset(void)
{
    xml_memory_failed = false;
}

bool xd_libraries_xml_memory_failed(void)
{
    return xml_memory_failed;
}

void xd_libraries_json_memory_reset(void)
{
    json_memory_failed = false;
}

bool xd_libraries_json_memory_failed(void)
{
    return json_memory_failed;
}
