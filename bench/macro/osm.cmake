xd_bench(NAME osm_read LINKS xd_io SOURCES macro/osm_read.c)
