xd_bench(NAME osm_read LINKS xd_io SOURCES macro/osm_read.c)
xd_bench(NAME osm_load LINKS xd_io SOURCES macro/osm_load.c)
xd_bench(NAME sax_count LINKS xd_io LibXml2::LibXml2 SOURCES macro/sax_count.c)
