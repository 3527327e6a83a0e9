package extract

// regions are countries and large subdivisions that may follow a city after a comma, in lower case.
// An underscore stands for a space.
var regions = phraseSet(`
afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain bangladesh
barbados belarus belgium belize benin bhutan bolivia bosnia botswana brazil brunei bulgaria burundi cambodia cameroon canada
chad chile china colombia congo costa_rica croatia cuba cyprus czechia czech_republic denmark djibouti dominican_republic
ecuador egypt el_salvador england eritrea estonia ethiopia fiji finland france gabon gambia georgia germany ghana greece
greenland grenada guatemala guinea guyana haiti honduras hong_kong hungary iceland india indonesia iran iraq ireland israel
italy ivory_coast jamaica japan jordan kazakhstan kenya kosovo kuwait kyrgyzstan laos latvia lebanon liberia libya
liechtenstein lithuania luxembourg macau madagascar malawi malaysia maldives mali malta mauritania mauritius mexico moldova
monaco mongolia montenegro morocco mozambique myanmar namibia nepal netherlands new_zealand nicaragua niger nigeria
north_korea north_macedonia northern_ireland norway oman pakistan palestine panama paraguay peru philippines poland portugal
puerto_rico qatar romania russia rwanda samoa saudi_arabia scotland senegal serbia seychelles sierra_leone singapore slovakia
slovenia somalia south_africa south_korea south_sudan spain sri_lanka sudan suriname sweden switzerland syria taiwan
tajikistan tanzania thailand togo tonga tunisia turkey turkmenistan uganda ukraine united_arab_emirates united_kingdom
united_states uruguay uzbekistan venezuela vietnam wales yemen zambia zimbabwe uk usa u.k u.s.a uae us u.s
alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana iowa kansas
kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska nevada
new_hampshire new_jersey new_mexico new_york north_carolina north_dakota ohio oklahoma oregon pennsylvania rhode_island
south_carolina south_dakota tennessee texas utah vermont virginia washington west_virginia wisconsin wyoming
al ak az ar ca co ct de fl ga hi id il ia ks ky la md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok pa ri sc sd tn tx ut
vt va wa wv wi wy dc bc qc nsw vic qld ontario quebec alberta manitoba saskatchewan british_columbia nova_scotia victoria
new_south_wales queensland tasmania bavaria saxony hesse brandenburg catalonia andalusia tuscany lombardy sicily sardinia
kerala karnataka maharashtra tamil_nadu gujarat punjab rajasthan
`)

// cities are well-known cities, also accepted in lower case.
var cities = phraseSet(`
aachen aarhus aberdeen abuja accra adelaide ahmedabad aleppo alexandria algiers almaty amman amsterdam ankara antalya antwerp
asheville astana asunción athens atlanta auckland austin baghdad baku baltimore bangalore bangkok barcelona basel beijing
beirut belfast belgrade bengaluru bergen berkeley berlin bern bilbao birmingham bogota bogotá bologna bonn bordeaux boston
boulder brasilia bratislava bremen brighton brisbane bristol brooklyn brussels bucharest budapest buenos_aires cairo calgary
cambridge canberra cape_town caracas cardiff casablanca charlotte chennai chicago christchurch cincinnati cleveland cologne
colombo columbus copenhagen dakar dallas damascus delhi denver detroit dhaka doha dortmund dresden dubai dublin durban
düsseldorf dusseldorf edinburgh edmonton eindhoven essen florence frankfurt freiburg fukuoka gdansk gdańsk geneva genoa ghent
glasgow gothenburg granada graz guadalajara guangzhou hague halifax hamburg hamilton hanoi hanover havana heidelberg helsinki
hiroshima ho_chi_minh_city honolulu houston hyderabad indianapolis innsbruck istanbul izmir jaipur jakarta jeddah jerusalem
johannesburg kabul kampala karachi karlsruhe kathmandu kiev kigali kolkata krakow kraków kuala_lumpur kyiv kyoto lagos lahore
las_vegas lausanne leeds leicester leipzig lille lima limerick linz lisbon liverpool ljubljana lodz london los_angeles
luanda lucerne lusaka lviv lyon madrid málaga malaga malmö malmo manchester manila mannheim marrakech marseille medellin
medellín melbourne memphis mexico_city miami milan milwaukee minneapolis minsk monterrey montevideo montpellier montreal
montréal moscow mumbai munich münchen münster nagoya nairobi nantes naples nashville new_delhi new_orleans new_york_city
newcastle nicosia nottingham nuremberg oakland odessa oporto osaka oslo ottawa oxford palermo palo_alto paris perth
philadelphia pittsburgh porto portland potsdam prague pune quito rabat raleigh reykjavik riga rio_de_janeiro riyadh rome
rotterdam sacramento salt_lake_city salzburg san_antonio san_diego san_francisco san_jose santiago sao_paulo são_paulo
sapporo sarajevo seattle seoul seville shanghai sheffield shenzhen skopje sofia southampton st_louis stavanger stockholm
strasbourg stuttgart sydney taipei tallinn tampa tampere tashkent tbilisi tehran tel_aviv thessaloniki tirana tokyo toledo
toronto toulouse trieste trondheim tucson tunis turin uppsala utrecht valencia vancouver venice verona vienna vilnius warsaw
wellington winnipeg wroclaw wrocław yokohama york zagreb zaragoza zurich zürich nyc sf la queens manhattan bronx
silicon_valley
`)

// notPlaces are capitalised words after "in" or "to" that are no place to live in: software, departments,
// states of mind.
var notPlaces = set(`
linux windows mac macos ios android iphone ipad kubernetes docker aws gcp azure postgres postgresql mysql mongodb python
java javascript typescript rust golang go ruby php kotlin swift scala haskell notion slack teams zoom gmail outlook github
gitlab bitbucket jira confluence trello asana vscode vim emacs excel word powerpoint chrome firefox safari opera spotify
netflix youtube twitter facebook instagram tiktok discord telegram whatsapp signal reddit linkedin terraform react vue
angular svelte node nodejs django rails spring bigquery snowflake redshift salesforce hubspot figma sketch photoshop cloud
product sales marketing engineering finance hr legal management operations design support research data it security
accounting consulting recruiting logistics procurement leadership development business strategy analytics platform
fear hell heaven hope peace harmony love denial limbo paradise reality fiction minecraft roblox skyrim sims hogwarts narnia
westeros gotham wonderland neverland mordor atlantis azeroth tamriel middle-earth
english french german spanish italian chinese japanese korean russian arabic portuguese hindi dutch
remote student housing senior junior pajamas pyjamas dorm dorms campus hall office hybrid accommodation
page step plan phase stage level part section chapter room apartment unit house building floor track team group
i my me us them here there
`)
