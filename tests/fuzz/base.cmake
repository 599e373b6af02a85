xd_fuzz(NAME base_text LINKS xd_base SOURCES fuzz/base_text.c)
