package extract

// towns are places beside those of [cities] that nothing else is called, so that their names tell what they are.
var towns = phraseSet(`
aachen aalborg aarhus aberystwyth abu_dhabi accra addis_ababa adelaide agadir ahmedabad aix-en-provence albany alicante almaty amiens ancona angers ankara annecy antalya
antananarivo antofagasta antwerp arequipa arles arnhem arrecife ashford asmara astana asunción asuncion auckland augsburg aviemore avignon aylesbury ayr bahía_blanca baku ballarat
balmaha bamako bamberg bangalore bangor banja_luka barnsley barranquilla basel basingstoke bayonne bayreuth bedford beirut belém belgrade belo_horizonte benin_city bergamo bergen bergisch_gladbach
besançon bhopal białystok bielefeld bilbao bishkek blackburn blackpool bloemfontein bogotá bogota bolton bordeaux boulogne bournemouth braga brasília brasilia brasov braunschweig brazzaville bregenz bremen brest
bridgwater brisbane brno bruges bucaramanga bulawayo burgos burnley bydgoszcz cádiz cadiz caen cagliari cairns calais calgary cali canterbury caracas carcassonne cardiff carlisle cartagena casablanca
castellón catania cebu chania chelmsford cheltenham chemnitz chengdu chennai chiang_mai chichester chișinău chisinau christchurch cluj cluj-napoca coimbra colchester colmar cologne colombo conakry constanța
copenhagen córdoba cordoba corfu coventry crawley cremona cuenca curitiba cusco dakar dalian darlington darmstadt davao debrecen delft derby derry dhaka dijon djibouti dnipro doncaster dortmund
dresden dublin duisburg dundee dunedin dunfermline durban durham durrës dushanbe düsseldorf dusseldorf eastbourne edinburgh eindhoven ennis erfurt espoo essaouira exeter falkirk falmouth fano faro ferrara
flensburg fortaleza frankfurt freetown freiburg fribourg fukuoka fulda funchal galway gateshead gaziantep gdansk gdańsk gdynia genk genoa georgetown geraldton ghent gibraltar gijón gijon girona
glasgow gloucester godalming goiânia gothenburg göteborg göttingen goettingen granada graz grenoble grimsby groningen guadalajara guangzhou guayaquil guildford gyor haarlem hagen haifa halifax halle hamilton hanoi hanover
harare harrogate hartlepool hasselt hastings havana hebden_bridge heidelberg heilbronn helsinki heraklion hereford hobart hove huddersfield huelva hull hyderabad iași iasi ibadan ibiza innsbruck inverness
ioannina ipswich irkutsk islamabad izmir jaén jaipur jakarta jena jerez joensuu johannesburg kabul kaduna kampala kandy kano kaohsiung karachi karlsruhe kassel kathmandu katowice kaunas kazan
kendal khartoum kharkiv kiel kigali kilkenny kingston kingston_upon_hull kinshasa kitakyushu klagenfurt klaipeda koblenz kobe kochi kolkata kosice košice krakow kraków krasnodar kuala_lumpur kumasi kuopio kyiv kyoto
la_coruña la_paz la_rochelle lagos lahore lancaster larnaca lausanne leamington leeds leicester leiden leipzig lerwick leuven libreville lichfield liège liege lille lilongwe lima limassol limerick limoges
limpopo lincoln linköping linz lisburn livorno ljubljana llandudno lleida lodz łódź lomé lorient loughborough luanda lublin lucca lucerne lucknow lugano lugo lund lusaka lviv lyon maastricht
macclesfield madurai magdeburg maidstone malaga málaga malmö malmo manaus manchester mannheim mansfield maputo mar_del_plata maracaibo margate maribor marrakech marrakesh marseille masvingo matlock medellín medellin melbourne mendoza
mérida metz middlesbrough milton_keynes minsk modena mombasa monrovia monterrey montevideo montpellier montréal montreal morelia mulhouse mumbai münster muenster murcia muscat mysore mystic nagoya nagpur nairobi namur nantes
naples narvik ndola newcastle newcastle_upon_tyne newport nicosia nijmegen nîmes niterói northampton norwich nottingham nouakchott novi_sad novosibirsk nuremberg nürnberg nuuk oaxaca oban odense odesa odessa oldenburg oldham olomouc
oradea örebro orléans osaka osijek oslo osnabrück ostend ostrava ottawa ouagadougou oulu oviedo oxford padua paderborn paisley palermo palma pamplona patras pau pécs penang penzance perpignan
peru perugia pescara peterborough phnom_penh piraeus pisa pitlochry plovdiv plymouth plzeň pontevedra poole porto porto_alegre portsmouth potsdam poznan poznań prague preston pretoria pristina puebla pune punta_arenas
quebec quimper quito rabat ravenna recife regensburg reims rennes reykjavik riga rijeka rio_de_janeiro rochdale rosario roskilde rostock rotherham rotterdam rouen ruse saarbrücken saint-malo salamanca salford
salisbury salvador salzburg samara samarkand san_sebastián santander santo_domingo são_luís sarajevo saskatoon scarborough scunthorpe seville sevilla sfax sheffield shrewsbury sibiu siena siegen skopje sligo slough
solihull southampton southend southport split stavanger st_albans st_andrews st_gallen st_ives stockport stoke-on-trent stratford-upon-avon strasbourg stuttgart suceava sunderland surabaya suva swansea swindon szczecin szeged
taipei tallinn tampere tangier taranto tartu tashkent taunton tavistock tbilisi tegucigalpa telford tenerife thessaloniki thiès tianjin tilburg timișoara timisoara tirana tiraspol toledo torquay toulon toulouse tournai
tours trento trieste tripoli trivandrum tromsø tromso trondheim truro tucumán tunis turin turku tübingen tuebingen udine ulaanbaatar ulm umeå uppsala utrecht vaasa vaduz valladolid valletta valparaíso valparaiso
varna västerås veliko_tarnovo verona vicenza vigo vilnius vitoria vladivostok volos wakefield walsall warrington warsaw waterford wellington weston-super-mare wexford weymouth whitby whitstable wigan winchester windhoek winterthur
wismar woking wolverhampton worcester worthing wrexham wrocław wroclaw wuhan wuppertal würzburg xalapa yaoundé yerevan york yekaterinburg zadar zagreb zanzibar zaragoza zermatt žilina zurich zürich zwolle
faroe_islands canary_islands channel_islands cook_islands galápagos azores madeira corsica sardinia sicily crete rhodes bali java sumatra tasmania nova_scotia catalonia andalusia galicia brittany normandy provence tuscany bavaria saxony flanders wallonia lapland punjab kerala goa patagonia yorkshire cornwall devon kent sussex essex norfolk suffolk dorset somerset cumbria northumberland county_clare county_kerry county_cork isle_of_skye isle_of_wight isle_of_man orkney shetland jersey guernsey sark anglesey aberdeen bath brighton bristol cambridge chester dover ely ludlow lyme_regis malvern nelson rye skye stirling stornoway
tulsa tucson albuquerque anchorage ann_arbor asheville boise boulder buffalo chattanooga cincinnati cleveland des_moines duluth el_paso eugene fargo fresno galveston grand_rapids hartford honolulu indianapolis
jacksonville kansas_city knoxville lansing las_cruces lexington little_rock louisville madison memphis milwaukee missoula mobile montgomery nashville new_haven new_orleans oakland olympia omaha orlando pensacola
peoria pittsburgh portland providence raleigh reno richmond rochester sacramento salem salt_lake_city san_antonio san_diego san_jose santa_fe savannah scranton sioux_falls spokane springfield st_louis st_paul syracuse tacoma tallahassee
tampa topeka trenton tuscaloosa wichita wilmington winnipeg kelowna moncton regina st_john's victoria whitehorse yellowknife alice_springs bendigo canberra darwin geelong
perth townsville wollongong napier rotorua tauranga queenstown` + moreTowns)
