"""Three-letter country codes (ISO 3166-1 alpha-3) as they stand in the symbols of treaty bodies
and the UPR.

Members and observers of the United Nations, parties to a human rights treaty, territories that
report apart, and the codes of states that have since ceased to exist; and EU, party to one
convention. Knowing them is what tells CRC/C/PRK/CO/4 from a slip of the finger.
"""

COUNTRIES = frozenset(
    """
    AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA
    BRB BRN BTN BWA CAF CAN CHE CHL CHN CIV CMR COD COG COK COL COM CPV CRI CUB CYP CZE DEU DJI DMA
    DNK DOM DZA ECU EGY ERI ESP EST ETH FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM
    GUY HKG HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR
    KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR
    MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG
    POL PRK PRT PRY PSE QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN
    SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON TTO TUN TUR TUV TZA UGA UKR URY USA UZB VAT VCT VEN
    VNM VUT WSM YEM ZAF ZMB ZWE
    ANT CSK DDR ROM SCG SUN TMP UNK YUG ZAR
    EU
    """.split()  # noqa: SIM905 -- 210 codes read better as a block
)
