"""From which country somebody's organization is, and in which macro-region of the standard M49 that lies."""

from django.utils.translation import gettext_lazy as _

AFRICA, AMERICAS, ASIA, EUROPE, OCEANIA = "africa", "americas", "asia", "europe", "oceania"
REGION = {
    AFRICA: _("Africa"), AMERICAS: _("Americas"), ASIA: _("Asia"), EUROPE: _("Europe"), OCEANIA: _("Oceania"),
}  # fmt: skip
LIES_IN = {
    AFRICA: "DZA AGO BEN BWA BFA BDI CPV CMR CAF TCD COM COG COD CIV DJI EGY GNQ ERI SWZ ETH GAB GMB GHA GIN GNB KEN "
    "LSO LBR LBY MDG MWI MLI MRT MUS MYT MAR MOZ NAM NER NGA REU RWA SHN STP SEN SYC SLE SOM ZAF SSD SDN TGO TUN UGA "
    "TZA ESH ZMB ZWE",
    AMERICAS: "AIA ATG ARG ABW BHS BRB BLZ BMU BOL BES BRA VGB CAN CYM CHL COL CRI CUB CUW DMA DOM ECU SLV FLK GUF GRL "
    "GRD GLP GTM GUY HTI HND JAM MTQ MEX MSR NIC PAN PRY PER PRI BLM KNA LCA MAF SPM VCT SXM SUR TTO TCA USA VIR URY "
    "VEN",
    ASIA: "AFG ARM AZE BHR BGD BTN BRN KHM CHN HKG MAC CYP PRK GEO IND IDN IRN IRQ ISR JPN JOR KAZ KWT KGZ LAO LBN MYS "
    "MDV MNG MMR NPL OMN PAK PHL QAT KOR SAU SGP LKA PSE SYR TJK THA TLS TUR TKM ARE UZB VNM YEM",
    EUROPE: "ALA ALB AND AUT BLR BEL BIH BGR HRV CZE DNK EST FRO FIN FRA DEU GIB GRC GGY VAT HUN ISL IRL IMN ITA JEY "
    "LVA LIE LTU LUX MLT MCO MNE NLD MKD NOR POL PRT MDA ROU RUS SMR SRB SVK SVN ESP SJM SWE CHE UKR GBR",
    OCEANIA: "ASM AUS COK FJI PYF GUM KIR MHL FSM NRU NCL NZL NIU NFK MNP PLW PNG PCN WSM SLB TKL TON TUV VUT WLF",
}
REGION_OF = {code: region for region, codes in LIES_IN.items() for code in codes.split()}


def country_of(registration):
    """Of the organization's seat, as the registry has it or as it was answered; "" where nobody said."""
    organization = registration.organization
    return (organization.country if organization else "") or registration.answers.get("country", "") or ""
