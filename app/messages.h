/* The Chinese catalogue of messages. */
#ifndef XD_APP_MESSAGES_H
#define XD_APP_MESSAGES_H

/* The Chinese format for an English one (same conversions), or NULL where there is none. Shape of xd_message_lookup. */
const char *xd_message_zh(const char *english);

#endif
