/* OSM XML 0.6 through libxml2's SAX2 push parser: constant memory, no DTD, no entity but the five predefined ones, no network. */
#include "io/osm/formats.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/number.h"
#include "base/text.h"
#include "io/bytes/libraries.h"
#include "io/osm/object.h"
#include "io/osm/xml_values.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <math.h>
#include <string.h>

enum { PARSER_BYTES = 64 * 1024, DEPTH_MAX = 64, REMARK_MAX = 240, SHOWN_MAX = 60, PARSER_MESSAGE_MAX = 200 };

enum place { BEFORE_ROOT, IN_OSM, IN_OBJECT, AFTER_ROOT };

/* Names that the reader knows, from the parser's own dictionary: equal ones are one string there, so that pointers are compared. */
struct names {
    const char *node, *way, *relation, *tag, *nd, *member;
    const char *id, *lat, *lon, *k, *v, *ref, *type, *role, *visible, *action, *version;
};

struct xml_reader {
    const struct xd_osm_pass *pass;
    xmlParserCtxtPtr parser;
    struct names names;
    enum place place;
    int ignored_depth; /* > 0 inside an element whose content does not matter */
    bool in_remark;
    char remark[REMARK_MAX + 1];
    size_t remark_n;
    struct xd_osm_draft draft;
    struct xd_arena texts; /* of the object under way */
    enum xd_status status; /* of the callbacks */
    struct xd_error *error;
    int parser_code; /* first error of libxml2 */
    int parser_line;
    int parser_column;
    char parser_message[PARSER_MESSAGE_MAX];
};

/* One attribute as libxml2 hands it over: not NUL-terminated. */
struct attribute {
    const char *text;
    size_t n;
};

struct element {
    const char *name;
    const xmlChar **attributes; /* localname, prefix, URI, value, end */
    int attributes_n;
};

static struct xd_location here(const struct xml_reader *reader)
{
    const xmlParserInput *input = reader->parser->input;
    return xd_at_line(xd_input_name(reader->pass->input), input ? input->line : 0, input ? input->col : 0);
}

/* Ends the parsing with the status of a callback. */
static void stop(struct xml_reader *reader, enum xd_status status)
{
    reader->status = status;
    xd_osm_locate(reader->error, here(reader));
    xmlStopParser(reader->parser);
}

/* name: one of struct names. */
static bool find_attribute(const struct element *element, const char *name, struct attribute *found)
{
    for (int i = 0; i < element->attributes_n; i++) {
        const xmlChar **part = element->attributes + (ptrdiff_t)5 * i;
        if ((const char *)part[0] == name && !part[1]) {
            *found = (struct attribute){.text = (const char *)part[3], .n = (size_t)(part[4] - part[3])};
            return true;
        }
    }
    return false;
}

static bool attribute_is(struct attribute attribute, const char *text)
{
    return attribute.n == strlen(text) && memcmp(attribute.text, text, attribute.n) == 0;
}

static int shown(struct attribute attribute)
{
    return attribute.n > SHOWN_MAX ? SHOWN_MAX : (int)attribute.n;
}

static bool required(struct xml_reader *reader, const struct element *element, const char *name, struct attribute *found)
{
    if (find_attribute(element, name, found))
        return true;
    stop(reader, xd_fail(reader->error, XD_DATA, here(reader), "<%s> has no attribute %s; expected %s=\"...\"", element->name, name, name));
    return false;
}

static bool required_id(struct xml_reader *reader, const struct element *element, const char *name, int64_t *id)
{
    struct attribute text;
    if (!required(reader, element, name, &text))
        return false;
    if (xd_xml_plain_id(text.text, text.n, id))
        return true;
    enum xd_number_result result = xd_parse_int64(text.text, text.n, INT64_MIN, INT64_MAX, id);
    if (result == XD_NUMBER_OK)
        return true;
    stop(reader, xd_fail(reader->error, XD_DATA, here(reader), "<%s> %s=\"%.*s\" %s; expected a whole number of at most 64 bits", element->name, name,
                         shown(text), text.text, xd_message(xd_number_problem(result))));
    return false;
}

/* Degrees to e7. Some writers use exponents ("1.2e-05"), which the fixed-point parser does not take. */
static enum xd_number_result parse_degrees(struct attribute text, int64_t limit_e7, int64_t *value_e7)
{
    enum xd_number_result result = xd_parse_fixed(text.text, text.n, 7, -limit_e7, limit_e7, value_e7);
    if (result != XD_NUMBER_MALFORMED)
        return result;
    double degrees;
    result = xd_parse_double(text.text, text.n, (double)-limit_e7 / 1e7, (double)limit_e7 / 1e7, &degrees);
    if (result == XD_NUMBER_OK)
        *value_e7 = (int64_t)llround(degrees * 1e7);
    return result;
}

static bool required_degrees(struct xml_reader *reader, const struct element *element, const char *name, int limit_degrees, int32_t *value_e7)
{
    struct attribute text;
    int64_t parsed_e7;
    if (!required(reader, element, name, &text))
        return false;
    enum xd_number_result result = parse_degrees(text, (int64_t)limit_degrees * 10000000, &parsed_e7);
    if (result == XD_NUMBER_OK) {
        *value_e7 = (int32_t)parsed_e7;
        return true;
    }
    stop(reader, xd_fail(reader->error, XD_DATA, here(reader), "<%s> %s=\"%.*s\" %s; expected degrees from -%d to %d", element->name, name,
                         shown(text), text.text, xd_message(xd_number_problem(result)), limit_degrees, limit_degrees));
    return false;
}

/* A copy that lives until the object was given. NULL when stopped. */
static const char *keep_text(struct xml_reader *reader, const struct element *element, const char *name, bool may_be_missing)
{
    struct attribute text;
    if (may_be_missing && !find_attribute(element, name, &text))
        return "";
    if (!required(reader, element, name, &text))
        return NULL;
    if (text.n > XD_OSM_TAG_BYTES_MAX) {
        stop(reader, xd_fail(reader->error, XD_DATA, here(reader), "<%s> %s holds %zu bytes; expected at most %d", element->name, name, text.n,
                             (int)XD_OSM_TAG_BYTES_MAX));
        return NULL;
    }
    if (xd_utf8_invalid_at(text.text, text.n) != text.n) {
        stop(reader, xd_fail(reader->error, XD_DATA, here(reader), "<%s> %s is not valid UTF-8; save the map as UTF-8", element->name, name));
        return NULL;
    }
    char *copy = xd_arena_string(&reader->texts, text.text, text.n);
    if (!copy)
        stop(reader, xd_fail_memory(reader->error, "the text of a tag", text.n + 1));
    return copy;
}

static bool is_deleted(const struct xml_reader *reader, const struct element *element)
{
    struct attribute text;
    return (find_attribute(element, reader->names.visible, &text) && attribute_is(text, "false")) ||
           (find_attribute(element, reader->names.action, &text) && attribute_is(text, "delete"));
}

/* 0 when the sink does not ask for it, and when it is none. */
static int32_t version_of(const struct xml_reader *reader, const struct element *element)
{
    struct attribute text;
    int64_t version = 0;
    if (!reader->pass->sink->versions || !find_attribute(element, reader->names.version, &text) ||
        xd_parse_int64(text.text, text.n, 0, INT32_MAX, &version) != XD_NUMBER_OK)
        return 0;
    return (int32_t)version;
}

static void start_root(struct xml_reader *reader, const struct element *element)
{
    struct attribute version;
    if (strcmp(element->name, "osmChange") == 0) {
        stop(reader, xd_fail(reader->error, XD_DATA, here(reader),
                             "is a file of changes (<osmChange>), not a map; apply it to its map first (osmium apply-changes)"));
    } else if (strcmp(element->name, "html") == 0 || strcmp(element->name, "HTML") == 0) {
        stop(reader, xd_fail(reader->error, XD_DATA, here(reader),
                             "is a web page, not a map: the download gave an error page; open it in a browser to see why"));
    } else if (strcmp(element->name, "osm") != 0) {
        stop(reader, xd_fail(reader->error, XD_DATA, here(reader), "begins with <%.60s>; expected <osm version=\"0.6\">: is this an OSM map?",
                             element->name));
    } else if (required(reader, element, reader->names.version, &version)) {
        if (!attribute_is(version, "0.6"))
            stop(reader, xd_fail(reader->error, XD_DATA, here(reader), "<osm> version=\"%.*s\"; expected 0.6: download the map again", shown(version),
                                 version.text));
        else
            reader->place = IN_OSM;
    }
}

/* What may stand beside the objects and tells nothing of the roads; `changeset` comes with whole-planet dumps, `meta` and `note` from Overpass. */
static bool is_ignorable(const char *name)
{
    static const char *const names[] = {"bounds", "bound", "note", "meta", "changeset"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static void text(void *context, const xmlChar *bytes, int n);

/* Text matters in a remark alone; elsewhere libxml2 need not sort out the blanks between elements for us. */
static void listen_to_text(struct xml_reader *reader, bool listens)
{
    xmlSAXHandler *handler = reader->parser->sax;
    handler->characters = handler->ignorableWhitespace = handler->cdataBlock = listens ? text : NULL;
    reader->in_remark = listens;
}

/* A node as nearly all are, in one look at its attributes; false when it has to be looked at with more care. */
static bool start_plain_node(struct xml_reader *reader, const struct element *element)
{
    const struct names *names = &reader->names;
    int64_t id = 0;
    int32_t lat_e7 = 0, lon_e7 = 0;
    int found_n = 0;
    for (int i = 0; i < element->attributes_n; i++) {
        const xmlChar **part = element->attributes + (ptrdiff_t)5 * i;
        const char *name = (const char *)part[0], *text = (const char *)part[3];
        const size_t n = (size_t)(part[4] - part[3]);
        if (part[1] || name == names->visible || name == names->action)
            return false;
        if (name == names->id)
            found_n += xd_xml_plain_id(text, n, &id);
        else if (name == names->lat)
            found_n += xd_xml_plain_degrees(text, n, 90, &lat_e7);
        else if (name == names->lon)
            found_n += xd_xml_plain_degrees(text, n, 180, &lon_e7);
    }
    if (found_n < 3) /* no attribute comes twice in XML */
        return false;
    xd_osm_draft_begin(&reader->draft, XD_OSM_NODE, id);
    reader->draft.version = version_of(reader, element);
    reader->draft.position = (struct xd_position){.lon_e7 = lon_e7, .lat_e7 = lat_e7};
    reader->place = IN_OBJECT;
    return true;
}

static void start_object(struct xml_reader *reader, const struct element *element)
{
    enum xd_osm_kind kind;
    int64_t id = 0;
    if (element->name == reader->names.node) {
        if (start_plain_node(reader, element))
            return;
        kind = XD_OSM_NODE;
    } else if (element->name == reader->names.way) {
        kind = XD_OSM_WAY;
    } else if (element->name == reader->names.relation) {
        kind = XD_OSM_RELATION;
    } else if (strcmp(element->name, "remark") == 0) {
        listen_to_text(reader, true);
        reader->remark_n = 0;
        reader->ignored_depth = 1;
        return;
    } else if (is_ignorable(element->name)) {
        reader->ignored_depth = 1;
        return;
    } else {
        stop(reader,
             xd_fail(reader->error, XD_DATA, here(reader), "unknown element <%.60s> in <osm>; expected node, way or relation", element->name));
        return;
    }
    if (!required_id(reader, element, reader->names.id, &id))
        return;
    if (is_deleted(reader, element)) {
        const struct xd_osm_sink *sink = reader->pass->sink;
        const enum xd_status status = sink->deleted ? sink->deleted(sink->context, kind, id, version_of(reader, element), reader->error) : XD_OK;
        reader->ignored_depth = 1;
        if (status != XD_OK)
            stop(reader, status);
        return;
    }
    xd_osm_draft_begin(&reader->draft, kind, id);
    reader->draft.version = version_of(reader, element);
    if (kind == XD_OSM_NODE && (!required_degrees(reader, element, reader->names.lat, 90, &reader->draft.position.lat_e7) ||
                                !required_degrees(reader, element, reader->names.lon, 180, &reader->draft.position.lon_e7)))
        return;
    reader->place = IN_OBJECT;
}

static void start_member(struct xml_reader *reader, const struct element *element)
{
    struct attribute type;
    enum xd_osm_kind kind;
    int64_t id;
    if (!required(reader, element, reader->names.type, &type))
        return;
    if (attribute_is(type, "node"))
        kind = XD_OSM_NODE;
    else if (attribute_is(type, "way"))
        kind = XD_OSM_WAY;
    else if (attribute_is(type, "relation"))
        kind = XD_OSM_RELATION;
    else {
        stop(reader, xd_fail(reader->error, XD_DATA, here(reader), "<member> type=\"%.*s\"; expected node, way or relation", shown(type), type.text));
        return;
    }
    const char *role = required_id(reader, element, reader->names.ref, &id) ? keep_text(reader, element, reader->names.role, true) : NULL;
    if (!role)
        return;
    enum xd_status status = xd_osm_draft_member(&reader->draft, kind, id, role, reader->error);
    if (status != XD_OK)
        stop(reader, status);
}

static void start_part(struct xml_reader *reader, const struct element *element)
{
    enum xd_status status = XD_OK;
    enum xd_osm_kind kind = reader->draft.kind;
    reader->ignored_depth = 1; /* nothing inside a part matters */
    if (element->name == reader->names.tag) {
        const char *key = keep_text(reader, element, reader->names.k, false);
        const char *value = key ? keep_text(reader, element, reader->names.v, false) : NULL;
        if (value)
            status = xd_osm_draft_tag(&reader->draft, key, value, reader->error);
    } else if (element->name == reader->names.nd && kind == XD_OSM_WAY) {
        int64_t id;
        if (required_id(reader, element, reader->names.ref, &id))
            status = xd_osm_draft_node_id(&reader->draft, id, reader->error);
    } else if (element->name == reader->names.member && kind == XD_OSM_RELATION) {
        start_member(reader, element);
    } else if (strcmp(element->name, "bounds") != 0 && strcmp(element->name, "center") != 0) { /* those two: Overpass "out bb", "out center" */
        status = xd_fail(reader->error, XD_DATA, here(reader), "unknown element <%.60s> in %s %lld; expected %s", element->name,
                         xd_osm_kind_name(kind), (long long)reader->draft.id,
                         kind == XD_OSM_NODE  ? "tag"
                         : kind == XD_OSM_WAY ? "nd or tag"
                                              : "member or tag");
    }
    if (status != XD_OK)
        stop(reader, status);
}

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces_n, const xmlChar **namespaces,
                          int attributes_n, int defaulted_n, const xmlChar **attributes)
{
    struct xml_reader *reader = context;
    (void)uri, (void)namespaces_n, (void)namespaces, (void)defaulted_n;
    if (reader->status != XD_OK)
        return;
    struct element element = {.name = (const char *)name, .attributes = attributes, .attributes_n = attributes_n};
    if (reader->ignored_depth > 0) {
        if (++reader->ignored_depth > DEPTH_MAX)
            stop(reader, xd_fail(reader->error, XD_DATA, here(reader), "elements nested deeper than %d; expected a map", (int)DEPTH_MAX));
    } else if (prefix) {
        stop(reader,
             xd_fail(reader->error, XD_DATA, here(reader), "unknown element <%.60s:%.60s>; expected an OSM map", (const char *)prefix, element.name));
    } else if (reader->place == BEFORE_ROOT) {
        start_root(reader, &element);
    } else if (reader->place == IN_OSM) {
        start_object(reader, &element);
    } else if (reader->place == IN_OBJECT) {
        start_part(reader, &element);
    }
}

static void end_remark(struct xml_reader *reader)
{
    listen_to_text(reader, false);
    reader->remark[reader->remark_n] = '\0';
    if (strstr(reader->remark, "error"))
        stop(reader, xd_fail(reader->error, XD_DATA, here(reader), "the map server cut this download off (\"%s\"); ask it for a smaller area",
                             reader->remark));
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct xml_reader *reader = context;
    (void)name, (void)prefix, (void)uri;
    if (reader->status != XD_OK)
        return;
    if (reader->ignored_depth > 0) {
        reader->ignored_depth--;
        if (reader->in_remark && reader->ignored_depth == 0)
            end_remark(reader);
    } else if (reader->place == IN_OBJECT) {
        enum xd_status status = xd_osm_draft_give(&reader->draft, reader->pass->sink, reader->pass->sink->context, reader->error);
        xd_arena_reset(&reader->texts);
        reader->place = IN_OSM;
        if (status != XD_OK)
            stop(reader, status);
    } else {
        reader->place = AFTER_ROOT;
    }
}

static void text(void *context, const xmlChar *bytes, int n)
{
    struct xml_reader *reader = context;
    if (!reader->in_remark || reader->status != XD_OK)
        return;
    size_t room_n = REMARK_MAX - reader->remark_n;
    size_t taken_n = (size_t)n < room_n ? (size_t)n : room_n;
    memcpy(reader->remark + reader->remark_n, bytes, taken_n);
    reader->remark_n += taken_n;
}

static void document_type(void *context, const xmlChar *name, const xmlChar *external_id, const xmlChar *system_id)
{
    struct xml_reader *reader = context;
    (void)external_id, (void)system_id;
    if (reader->status != XD_OK)
        return;
    if (name && (strcmp((const char *)name, "html") == 0 || strcmp((const char *)name, "HTML") == 0))
        stop(reader, xd_fail(reader->error, XD_DATA, here(reader),
                             "is a web page, not a map: the download gave an error page; open it in a browser to see why"));
    else
        stop(reader,
             xd_fail(reader->error, XD_DATA, here(reader), "holds a document type (<!DOCTYPE>), which is refused; expected <osm>: remove that part"));
}

static void note_parser_error(void *context, xmlErrorPtr problem)
{
    struct xml_reader *reader = context;
    if (reader->parser_code != XML_ERR_OK || problem->level < XML_ERR_ERROR)
        return;
    reader->parser_code = problem->code;
    reader->parser_line = problem->line;
    reader->parser_column = problem->int2;
    const char *message = problem->message ? problem->message : "";
    size_t n = strcspn(message, "\r\n");
    if (n > sizeof reader->parser_message - 1)
        n = sizeof reader->parser_message - 1;
    memcpy(reader->parser_message, message, n);
    reader->parser_message[n] = '\0';
}

/* What libxml2's state says after a chunk, or after the end. */
static enum xd_status parser_status(const struct xml_reader *reader, bool at_end, struct xd_error *error)
{
    const char *name = xd_input_name(reader->pass->input);
    if (reader->status != XD_OK)
        return reader->status;
    if (xd_libraries_xml_memory_failed())
        return xd_fail_memory(error, "the XML parser", PARSER_BYTES);
    if (!reader->parser->wellFormed || reader->parser->disableSAX) {
        if (at_end && reader->place != AFTER_ROOT)
            return xd_fail(error, XD_DATA, xd_at_line(name, reader->parser_line, reader->parser_column),
                           "the map ends before </osm>: the file is cut off, or a quote or \">\" is missing from here on; download it again");
        if (strstr(reader->parser_message, "Huge input lookup")) /* the words of libxml2 for its own limit on a piece of the text */
            return xd_fail(error, XD_DATA, xd_at_line(name, reader->parser_line, reader->parser_column),
                           "one tag, comment or text is longer than %d bytes; expected an OSM map: is a quote or \">\" missing from here on?",
                           XML_MAX_LOOKUP_LIMIT);
        return xd_fail(error, XD_DATA, xd_at_line(name, reader->parser_line, reader->parser_column),
                       "is not well-formed XML: %s; download or export the map again", reader->parser_message);
    }
    if (at_end && reader->place != AFTER_ROOT)
        return xd_fail(error, XD_DATA, here(reader), "the map ends before </osm>: the file is cut off; download it again");
    return XD_OK;
}

static enum xd_status parse(struct xml_reader *reader, struct xd_error *error)
{
    for (;;) {
        const unsigned char *chunk = NULL;
        size_t got_n = 0;
        enum xd_status status = xd_osm_pass_tick(reader->pass, error);
        if (status == XD_OK)
            status = xd_input_next(reader->pass->input, &chunk, &got_n, error);
        if (status != XD_OK)
            return status;
        xmlParseChunk(reader->parser, (const char *)chunk, (int)got_n, got_n == 0);
        status = parser_status(reader, got_n == 0, error);
        if (status != XD_OK || got_n == 0)
            return status;
    }
}

static bool take_names(struct xml_reader *reader)
{
    struct names *names = &reader->names;
    const struct {
        const char **name;
        const char *text;
    } known[] = {
        {&names->node, "node"},     {&names->way, "way"},        {&names->relation, "relation"}, {&names->tag, "tag"},   {&names->nd, "nd"},
        {&names->member, "member"}, {&names->id, "id"},          {&names->lat, "lat"},           {&names->lon, "lon"},   {&names->k, "k"},
        {&names->v, "v"},           {&names->ref, "ref"},        {&names->type, "type"},         {&names->role, "role"}, {&names->visible, "visible"},
        {&names->action, "action"}, {&names->version, "version"}};
    bool all = true;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(known); i++) {
        *known[i].name = (const char *)xmlDictLookup(reader->parser->dict, (const xmlChar *)known[i].text, -1);
        all = all && *known[i].name;
    }
    return all;
}

enum xd_status xd_osm_read_xml(const struct xd_osm_pass *pass, struct xd_error *error)
{
    xd_libraries_init();
    xd_libraries_xml_memory_reset();
    struct xml_reader reader = {.pass = pass, .error = error};
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = start_element,
                             .endElementNs = end_element,
                             .internalSubset = document_type,
                             .serror = note_parser_error};
    enum xd_status status = XD_OK;
    xd_arena_init(&reader.texts);
    reader.parser = xmlCreatePushParserCtxt(&handler, &reader, NULL, 0, NULL);
    /* NOENT gives attribute values with &amp; and its four sisters in place; all other entities need a DTD, and DTDs stop the parser. */
    if (!reader.parser || xmlCtxtUseOptions(reader.parser, XML_PARSE_NONET | XML_PARSE_NOENT) != 0 || !take_names(&reader) ||
        xd_libraries_xml_memory_failed()) {
        status = xd_fail_memory(error, "the XML parser", PARSER_BYTES);
        goto done;
    }
    status = parse(&reader, error);
done:
    if (reader.parser) {
        if (reader.parser->myDoc)
            xmlFreeDoc(reader.parser->myDoc);
        reader.parser->myDoc = NULL;
        xmlFreeParserCtxt(reader.parser);
    }
    xmlResetLastError(); /* libxml2 keeps a copy of the last message of each thread */
    xd_osm_draft_free(&reader.draft);
    xd_arena_free(&reader.texts);
    return status;
}
