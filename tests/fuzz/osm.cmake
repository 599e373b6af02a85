xd_fuzz(NAME osm_xml DICTIONARY fuzz/osm_xml.dict LINKS xd_io SOURCES fuzz/osm_xml.c fuzz/osm_fuzz.c)
xd_fuzz(NAME osm_pbf LINKS xd_io SOURCES fuzz/osm_pbf.c fuzz/osm_fuzz.c)
xd_fuzz(NAME network LINKS xd_maps SOURCES fuzz/network.c)
