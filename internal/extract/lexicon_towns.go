package extract

// towns are places beside those of [cities] that nothing else is called, so that their names tell what they are.
var towns = phraseSet(`
	aachen aalborg aalst aarhus aba abakaliki abbottabad abeokuta aberdare aberdeen aberdeenshire abergavenny aberystwyth abha abia abidjan
	abu_dhabi acapulco accra accrington acton adamawa addis_ababa adelaide aden ado-ekiti agadir agra agrigento aguascalientes ahmedabad ahmednagar
	ahvaz aix-en-provence aizawl ajman ajmer akita akola akron akure akureyri akwa_ibom al_ain alappuzha albany alberta albuquerque albury alcalá
	aldershot alicante alice_springs aligarh alkmaar allahabad allentown alloa almaty almería altrincham amarillo ambala amersfoort amherst amiens
	amravati amritsar anaheim anambra anchorage ancona andalusia andhra_pradesh andover anfield angers anglesey angus ankara ann_arbor annaba annecy
	antalya antananarivo antigua antofagasta antrim antsirabe antwerp anuradhapura apeldoorn aqaba arbroath archway arequipa arezzo argyll arles
	arlington armagh arnhem arran arrecife aruba asaba asansol ashburton asheville ashford ashington asmara assam astana asuncion asunción aswan
	athlone auckland augsburg augusta aurangabad aurora aveiro aviemore avignon awka aylesbury ayr ayrshire azores bacolod badajoz baguio bahawalpur
	bahir_dar bahía_blanca bakersfield baku balham bali balikpapan ballarat balmaha balochistan bamako bamberg bamenda banbury bandung bangalore
	bangor bangui banja_luka banjul barbuda bareilly bari barnet barnsley barranquilla barrie barrow-in-furness barry basel basildon basingstoke
	basra batam batangas bath batley baton_rouge battersea batumi bauchi bavaria bayelsa bayonne bayreuth be'er_sheva beaconsfield beaumont bedford
	bedfordshire beira beirut belgaum belgrade bellevue bellingham belo_horizonte belém bendigo benghazi benin_city benue bergamo bergen
	bergisch_gladbach berkshire bermondsey bermuda besançon bethlehem bethnal_green bexhill bexley bhagalpur bharuch bhavnagar bhilai bhopal
	bhubaneswar biarritz białystok bicester bideford bielefeld bihar bikaner bilaspur bilbao billericay billings biloxi binghamton biratnagar
	birkenhead birnin_kebbi bishkek bishop_auckland bismarck bissau blackburn blackpool blaenau blantyre blenheim bloemfontein bloomington blumenau
	blyth bobo-dioulasso boca_raton bochum bognor_regis bogor bogota bogotá boise bokaro boksburg bolgatanga bolton bolzano bonaire bondi bordeaux
	borno boston_spa bouaké boulder boulogne bournemouth bowling_green bozeman bracknell bradford braga braintree brampton brasilia brasov brasília
	braunschweig bray brazzaville breda bregenz bremen brentford brentwood brescia brest bridgend bridgeport bridgetown bridgwater bridlington
	brighouse brighton brisbane bristol british_columbia brittany brixton brno bromley bromsgrove broome brownsville bruges bucaramanga
	buckinghamshire bude buea buffalo bukavu bulawayo bunbury bundaberg burbank burgos burlington burnie burnley burton-on-trent bury
	bury_st_edmunds busan bute buxton byblos bydgoszcz byron_bay bytom cadiz caen caerphilly cagayan_de_oro cagliari cairns caithness calabar calais
	calgary cali camberley camborne cambridge cambridgeshire camden campinas campo_grande can_tho canary_islands canberra cancun cancún cannock
	canterbury canton cape_coast cape_coral caracas carcassonne cardiff cardigan carlisle carlow carmarthen carmarthenshire carson_city cartagena
	casablanca castellón castlebar castleford castries catalonia catania catford cebu cedar_rapids centurion ceredigion champaign chandigarh
	chandler changchun changsha changwon chania channel_islands chapel_allerton charleston charlottesville charlottetown chatham chattanooga
	chattogram chelmsford cheltenham chelyabinsk chemnitz chengdu chennai chernihiv chernivtsi chesapeake chesham cheshire cheshunt chester
	chesterfield cheyenne chhattisgarh chiang_mai chiang_rai chichester chiclayo chihuahua chippenham chisinau chiswick chittagong chitungwiza
	chișinău chongqing chorley chorlton christchurch chula_vista cincinnati cirencester ciudad_juárez clacton clapham clarksville clearwater
	cleethorpes clermont-ferrand cleveland clitheroe clonmel cluj cluj-napoca clun coatbridge cochabamba coffs_harbour coimbatore coimbra colchester
	college_station colmar cologne colombo colorado_springs columbia colwyn_bay comilla como conakry congleton constantine constanța cook_islands
	copenhagen corby cordoba corfu cork cornwall corpus_christi corsica corvallis cotonou council_bluffs county_antrim county_armagh county_clare
	county_cork county_donegal county_down county_durham county_fermanagh county_kerry county_kildare county_mayo county_sligo county_tipperary
	county_tyrone county_wexford county_wicklow coventry cramlington crawley cremona crete crewe cricklewood cross_river crouch_end croydon cuenca
	cuernavaca cuiabá culiacán cumbernauld cumbria cuneo curaçao curitiba cusco cuttack częstochowa cádiz córdoba cúcuta da_nang daegu daejeon dakar
	dalat dalian dalston damaturu dammam dar_es_salaam darbhanga darjeeling darlington darmstadt dartford darwen darwin davao davenport daventry
	dayton daytona_beach dearborn debrecen decatur dehradun delft delta_state den_bosch dennistoun denpasar denton deptford derby derbyshire derry
	des_moines devizes devon devonport dewsbury dhaka dhanbad dharwad dibrugarh didsbury digbeth dijon dire_dawa djibouti dnipro dodoma dolgellau
	dominica doncaster donegal donetsk dongguan dorchester dorking dorset dortmund douala dover dresden drogheda droitwich dubbo dublin dubuque
	dudley duisburg duluth dumaguete dumbarton dumfries dundalk dundee dunedin dunfermline durango durban durgapur durham durrës dushanbe dusseldorf
	dutse düsseldorf ealing east_london eastbourne eastleigh eau_claire ebbw_vale ebonyi ede edgbaston edinburgh edo effurun eilat eindhoven ekiti
	el_paso eldoret elgin ellesmere_port ely embu encarnación enfield ennis enschede entebbe enugu enugu_state epping epsom erbil erfurt erie erode
	esbjerg espoo essaouira essex eugene evanston evansville everett evesham evora exeter exmouth fairbanks faisalabad falkirk fallowfield falmouth
	fano fareham fargo faridabad farnborough farnham faro faroe_islands fayetteville felixstowe fermanagh ferrara fez fife finchley fishguard
	flagstaff flanders fleetwood flensburg flint florianopolis florianópolis foggia folkestone fort_collins fort_lauderdale fort_wayne fort_william
	fort_worth fortaleza foshan francistown frankfort frankfurt fredericton freetown freiburg fremantle fremont fresno fribourg frome fujairah
	fukuoka fulda fulham funchal fuzhou gaborone gainesville gainsborough galashiels galicia galle galveston galway galápagos gangtok ganja garissa
	garland garoua gateshead gatineau gaya gaza gaziantep gazipur gdansk gdańsk gdynia geelong general_santos genk genoa georgetown geraldton
	ghaziabad ghent gibraltar gifu gijon gijón gillingham girona gisborne gitega giza gladstone glamorgan glasgow glendale gliwice glossop
	gloucester gloucestershire goa godalming goettingen goiânia gold_coast goma gombe gomel gondar goole gorakhpur gosford gosforth gosport
	gothenburg govan granada grand_forks grand_rapids grangemouth grantham gravesend graz great_falls great_yarmouth green_bay greenock greensboro
	greenville greenwich grenada grenoble greymouth grimsby grodno groningen guadalajara guangzhou guatemala_city guayaquil guelph guernsey
	guildford guiyang gujarat gujranwala gujrat gulbarga gulfport gulu guntur gurgaon gurugram gusau guwahati gwalior gwangju gweru gwynedd gyor
	gyumri göteborg göttingen haarlem hackney hagen haifa haikou haiphong hakodate haldwani halesowen halifax halle hama hamamatsu hamilton
	hammersmith hampshire hampstead hangzhou hannover hanoi hanover harare harbin harborne hargeisa haridwar haringey harlesden harlow harpenden
	harris harrisburg harrogate harrow hartford hartlepool harwich haryana haslemere hasselt hastings hat_yai hatfield hattiesburg havana havant
	haverfordwest hawassa hawick haywards_heath headingley heaton hebden_bridge hebron hefei heidelberg heilbronn helena helsinki hemel_hempstead
	henderson hendon heraklion hereford herefordshire hermosillo hertford hertfordshire hexham heysham hialeah high_wycombe highgate
	himachal_pradesh himeji hinckley hisar hitchin hobart hoboken hoi_an homs honolulu horsham hounslow hove howrah hsinchu hua_hin huambo hubli
	huddersfield hue huelva hull huntingdon huntsville hurghada hyderabad iasi iași ibadan ibiza idaho_falls ife ijebu-ode ikeja ilesa ilford
	ilfracombe ilkeston ilkley iloilo ilorin imo imphal incheon indianapolis indore innsbruck invercargill inverness inverurie ioannina iowa_city
	ipoh ipswich iquitos irbid irkutsk irvine irving isfahan islamabad islay isle_of_man isle_of_skye isle_of_wight islington ismailia itanagar
	ithaca ivano-frankivsk izmir jabalpur jacksonville jaffa jaffna jaipur jakarta jalandhar jalgaon jalingo jammu jamnagar jamshedpur jarrow java
	jaén jeju jena jeonju jerez jersey jersey_city jesmond jhansi jharkhand jhelum jinan jinja jodhpur joensuu johannesburg johnson_city johor_bahru
	joinville joplin jos joão_pessoa juneau jura kabul kaduna kagoshima kaikoura kaikōura kairouan kaiserslautern kakamega kakinada kalamazoo
	kalgoorlie kaliningrad kalyan kamloops kampala kanazawa kandy kannur kano kanpur kansas_city kaohsiung karachi karbala karimnagar karlsruhe
	karnal karnataka kassel kathmandu katowice katsina kaunas kawasaki kazan kebbi kecskemét keflavik keighley kelowna kendal kenosha kensington
	kent kerala kericho kerman kerry keswick kettering khabarovsk kharagpur kharkiv khartoum kherson khobar khon_kaen khulna kidderminster kiel
	kigali kilburn kilkenny killarney killeen kilmarnock king's_lynn kingston kingston_upon_hull kingston_upon_thames kinshasa kirkcaldy kirkstall
	kirkuk kirkwall kisangani kisii kismayo kisumu kitakyushu kitale kitchener kitwe klagenfurt klaipeda klang knaresborough knoxville knutsford
	kobe koblenz kochi koforidua kogi kohima kolhapur kolkata kollam kosice kota kota_kinabalu kottayam kowloon kozhikode košice krakow kraków
	krasnodar krasnoyarsk kristiansand kryvyi_rih kuala_lumpur kuching kumamoto kumasi kunming kuopio kurnool kutaisi kuwait_city kwara kyiv kyoto
	la_coruña la_crosse la_paz la_plata la_rochelle labrador lafayette lafia lagos lagos_state lahore lake_charles lakeland lalitpur lambeth
	lampeter lanarkshire lancashire lancaster lansing lanzhou lapland laramie laredo larkana larnaca las_cruces latakia latur launceston lausanne
	laval le_havre le_mans leamington leamington_spa lecce leeds leek leeuwarden leicester leicestershire leiden leigh leighton_buzzard leipzig
	leith lekki leominster lerwick letchworth lethbridge letterkenny leuven levenshulme levin lewes lewis lewisham lexington leyton lhasa libreville
	lichfield liege lille lilongwe lima limassol limerick limoges limpopo lincoln lincolnshire linköping linz lisburn lismore little_rock
	littlehampton livingston livorno liège ljubljana llandudno llanelli lleida lobito lodz logroño lokoja lomé londrina long_beach longsight lorient
	loughborough louisville lowestoft luanda luang_prabang lubbock lublin lubumbashi lucca lucerne lucknow ludhiana ludlow lugano lugo lund lusaka
	luton luxembourg luxor lviv lyme_regis lymington lyon lübeck maastricht macau macclesfield maceió machakos machynlleth mackay macon madeira
	madhya_pradesh madison madurai magdeburg maharashtra maidenhead maidstone maiduguri mainz makassar makati makurdi malacca malaga malang
	malappuram malindi malmo malmö malvern managua manama manaus manchester mandalay mandurah mangalore manipur manitoba manizales mannheim
	mansfield mansoura manzini maputo mar_del_plata maracaibo mardan margate maribor marikina mariupol market_harborough markham marlborough
	marquette marrakech marrakesh marseille marylebone maseru mashhad masterton masvingo mathura matlock matsuyama mayo mazatlán mbabane mbale
	mbarara mckinney mecca mechelen medan medellin medellín medina meerut meghalaya mekelle meknes melbourne melton_mowbray memphis mendoza merced
	meridian merthyr_tydfil mesa messina metz mexicali middlesbrough middlesex midland mildura milton_keynes milwaukee minehead minna minot minsk
	mirpur misrata mississauga missoula miyazaki mizoram mobile modena modesto mogadishu mogilev moline mombasa moncton monmouthshire monroe
	monrovia mons montego_bay monterrey montevideo montgomery montpelier montpellier montreal montréal montserrat moose_jaw moradabad moray
	morecambe morelia morgantown morioka morley morningside morpeth moseley moshi moss_side mosul motherwell mount_gambier mthatha muenster mulhouse
	mull mullingar multan mumbai muncie murcia murfreesboro murmansk murree muscat muswell_hill mutare muzaffarabad muzaffarpur mwanza mykolaiv
	mymensingh myrtle_beach mysore mystic mysuru mzuzu málaga mérida münster n'djamena naas nablus naga_city nagaland nagano nagasaki nagoya nagpur
	naha nairobi najaf nakuru namur nanaimo nanchang nanded nanjing nanning nantes nantwich nanyuki naperville napier naples nara narayanganj narvik
	nashik nashua nashville navan navi_mumbai nazareth ndola neath negombo nellore nelson nelspruit neuquén nevis new_brunswick new_haven
	new_orleans new_plymouth new_south_wales newark newbury newcastle newcastle_upon_tyne newfoundland newmarket newport newport_news newquay
	newton_abbot nha_trang niamey nicosia niigata nijmegen ningbo niterói nizhny_novgorod nnewi noida noosa norfolk normandy northallerton
	northampton northamptonshire northern_territory northumberland northwich norwich notting_hill nottingham nottinghamshire nouakchott nova_scotia
	novi_sad novosibirsk nsukka nunavut nuneaton nuremberg nuuk nyeri nîmes nürnberg oakland oamaru oaxaca oban obuasi ocala odense odesa odessa
	odisha ogbomosho ogden ogun okara okayama okene oldenburg oldham olomouc olympia omaha omdurman omsk ondo onitsha ontario oostende ooty oradea
	oran orkney orlando orléans ormskirk osaka oshawa oshkosh osijek oslo osnabrück osogbo ostend ostrava osun oswestry otley ottawa ouagadougou
	oujda oulu overland_park oviedo owerri oxford oxfordshire oxnard oyo oyo_state paarl pachuca padang paddington paderborn padua paignton paisley
	palakkad palembang palermo palm_springs palma palmerston_north pamplona panaji panama_city panipat paphos parakou paramaribo parma parramatta
	partick pasadena pasig patagonia paterson patiala patna patras pattaya pau peckham pembrokeshire penang penarth penrith pensacola penzance
	peoria pereira perm perpignan perth perthshire peru perugia pescara peshawar petaling_jaya peterborough peterhead phnom_penh phuket piacenza
	pierre pietermaritzburg pilsen piraeus pisa pitlochry pittsburgh plano plateau_state playa_del_carmen plovdiv plymouth plzeň pocatello poitiers
	pokhara polokwane poltava ponce pondicherry ponta_delgada pontefract pontevedra pontypool pontypridd poole port-au-prince port-gentil
	port_elizabeth port_harcourt port_macquarie port_said port_talbot porthcawl porthmadog portland porto porto-novo porto_alegre portsmouth posadas
	potchefstroom potsdam poughkeepsie powys poznan poznań prague prescott preston pretoria prince_george pristina provence providence provo
	puducherry puebla pueblo puerto_princesa puerto_vallarta pune punjab punta_arenas punta_cana punta_del_este putney pwllheli pécs qingdao qom
	quebec quebec_city queensland queenstown querétaro quetta quetzaltenango quezon_city quimper quito rabat racine rahim_yar_khan raipur
	rajahmundry rajasthan rajkot rajshahi raleigh ramallah ramsgate ranchi rangpur rapid_city ras_al_khaimah rasht ravenna rawalpindi rawtenstall
	reading recife red_deer redcar redditch redhill redruth regensburg regina reigate reims rennes reno reykjavik rhodes rhyl ribeirão_preto
	richards_bay richmond riga rijeka rimini rio_de_janeiro ripon rivers_state riverside roanoke rochdale rochester rockford rockhampton rohtak
	romford roorkee rosario roskilde rostock rostov rotherham rotherhithe rotorua rotterdam rouen rourkela royston rugby rugeley runcorn ruse
	rushden rustenburg ryde rye rzeszów saarbrücken sacramento saffron_walden sagamu saginaw sahiwal saigon saint-louis saint-malo saint_john
	saint_kitts saint_lucia saint_vincent saitama salalah salamanca salem salerno salford salinas salisbury salt_lake_city salta saltillo salto
	salvador salzburg samara samarkand san_antonio san_bernardino san_diego san_fernando san_jose san_josé_costa_rica san_juan san_luis_potosí
	san_pedro_sula san_salvador san_sebastián sana'a sandton sangli santa_ana santa_barbara santa_cruz santa_cruz_de_la_sierra santa_fe santa_marta
	santa_monica santa_rosa santander santiago_de_cuba santo_domingo sapele saragossa sarajevo sarasota saratov sardinia sargodha sark sarnia
	saskatchewan saskatoon sassari satara savannah saxony scarborough schenectady scottsdale scranton scunthorpe sekondi selby selly_oak semarang
	sendai seongnam serekunda seremban sevenoaks sevilla seville sfax shah_alam sharjah shawlands sheerness sheffield sheikhupura shenyang
	shepparton sherbrooke shetland shijiazhuang shillong shimla shiraz shizuoka shoreditch shreveport shrewsbury shropshire sialkot sibiu sicily
	sidon siegen siem_reap siena sikkim siliguri sindh sioux_city sioux_falls sittingbourne skegness skipton skopje skye sleaford sliema sligo
	slough sochi sohar sokoto sokoto_state solapur solihull somerset sosnowiec sousse south_australia south_bend southampton southend southport
	southwark soweto spalding spartanburg split spokane springfield srinagar st_albans st_andrews st_austell st_cloud st_gallen st_helens st_ives
	st_john's st_kitts st_louis st_lucia st_paul st_petersburg st_vincent stafford staffordshire staines stamford staten_island stavanger
	stellenbosch stevenage stirling stockport stockton stoke stoke-on-trent stoke_newington stornoway stourbridge stowmarket stranraer strasbourg
	stratford stratford-upon-avon streatham stroud stuttgart suceava sucre sudbury suez suffolk sukkur sulaymaniyah sumatra sumy sunderland
	sunnyvale sunshine_coast sunyani surabaya surat surrey surulere sussex sutherland sutton_coldfield suva suwon suzhou swansea swat swindon
	sydenham sylhet syracuse szczecin szeged são_luís tabriz tacloban tacoma taguig taichung taif tainan taipei taiyuan takamatsu takoradi
	tallahassee tallinn tamale tamil_nadu tampa tampere tampico tamworth tangier tanta taraba taranto tarkwa tarragona tarttu tartu tashkent
	tasmania taunton taupo tauranga tavistock tbilisi techiman tegucigalpa telangana telford tema tempe temuco tenby tenerife teresina ternopil
	terre_haute tetouan tewkesbury thane thanjavur thessaloniki thetford thies thika thirsk thiruvananthapuram thiès thrissur thunder_bay thurso
	tianjin tijuana tilburg timaru timisoara timișoara tipperary tirana tiraspol tiruchirappalli tirunelveli tirupati tiverton tlemcen tobago toledo
	toluca tomsk tonbridge tooting toowoomba topeka torquay torreón torun toruń totnes tottenham toulon toulouse tournai tours townsville toxteth
	toyama tralee trento trenton treviso trichy trieste trincomalee trinidad tripoli tripura trivandrum trois-rivières tromso tromsø trondheim
	trowbridge trujillo truro tucson tucumán tuebingen tula tullamore tulsa tulum tumkur tunbridge_wells tunis turin turku tuscaloosa tuscany tyre
	tyrone tórshavn tübingen uberlândia ubud udaipur udine udupi ufa ujjain ulaanbaatar ullapool ulm ulsan umeå umhlanga umuahia uppsala urumqi
	ushuaia utica utrecht utsunomiya uttar_pradesh uttarakhand uttoxeter uxbridge uyo uzhhorod vaasa vadodara vaduz valdivia valladolid vallejo
	valletta valparaiso valparaíso varanasi varna vasai vauxhall veliko_tarnovo vellore ventnor veracruz vereeniging verona vicenza victoria
	vientiane vigo vijayawada vilnius vinnytsia virginia_beach visakhapatnam vitebsk vitoria vitória vizag viña_del_mar vladivostok volgograd volos
	voronezh vung_tau västerås waco wagga_wagga wakefield walla_walla wallasey wallonia walsall walthamstow walton walvis_bay wanaka wantage
	warangal warminster warri warrington warrnambool warsaw warwick warwickshire waterbury waterford waterloo watford wausau welkom wellingborough
	wellington wells welwyn wembley wenzhou west_bengal west_bromwich west_palm_beach western_australia weston-super-mare westport wexford weymouth
	whakatane whanganui whangarei whitby whitechapel whitehaven whitehorse whitley_bay whitstable whyalla wichita wick wicklow widnes wiesbaden
	wigan willesden wilmington wiltshire wimbledon winchester windhoek windsor winnipeg winston-salem winterthur wisbech wismar withington witney
	woking wokingham wolfsburg wollongong wolverhampton woolwich worcester worcestershire workington worksop worms worthing wrexham wroclaw wrocław
	wuhan wuppertal wuxi würzburg xalapa xi'an xiamen xian yaba yakima yakutsk yamoussoukro yangon yaoundé yazd yekaterinburg yellowknife yenagoa
	yeovil yerevan yobe yogyakarta yola yonkers york yorkshire youngstown yukon yuma zacatecas zadar zagreb zamboanga zamfara zanzibar zaporizhzhia
	zaragoza zaria zarqa zermatt zhengzhou zhuhai zhytomyr zielona_góra zomba zurich zwolle zürich örebro łódź žilina`)
