package extract

// moreTowns are towns beside those of [towns].
const moreTowns = `
	aalst aba abakaliki abbottabad abeokuta aberdare abergavenny abha abidjan acapulco accrington acton aden ado-ekiti agra agrigento aguascalientes ahmednagar ahvaz aizawl
	ajman ajmer akita akola akron akure akureyri al_ain alappuzha albury alcalá aldershot aligarh alkmaar allahabad allentown alloa almería altrincham amarillo ambala
	amersfoort amherst amravati amritsar anaheim andover anfield annaba antsirabe anuradhapura apeldoorn aqaba arbroath archway arezzo arlington asaba asansol ashburton
	ashington aswan athlone augusta aurangabad aurora aveiro awka bacolod badajoz baguio bahawalpur bahir_dar bakersfield balham balikpapan bamenda banbury bandung bangui
	banjul bareilly bari barnet barrie barrow-in-furness barry basildon basra batam batangas batley baton_rouge battersea batumi bauchi be'er_sheva beaconsfield beaumont
	beira belgaum bellevue bellingham benghazi bermondsey bethlehem bethnal_green bexhill bexley bhagalpur bharuch bhavnagar bhilai bhubaneswar biarritz bicester bideford
	bikaner bilaspur billericay billings biloxi binghamton biratnagar birkenhead birnin_kebbi bishop_auckland bismarck bissau blantyre blenheim bloomington blumenau blyth
	bobo-dioulasso boca_raton bochum bognor_regis bogor bokaro boksburg bolgatanga bolzano bondi boston_spa bouaké bowling_green bozeman bracknell bradford braintree
	brampton bray breda brentford brentwood brescia bridgend bridgeport bridgetown bridlington brighouse brixton bromley bromsgrove broome brownsville buea bukavu bunbury
	bundaberg burbank burlington burnie burton-on-trent bury bury_st_edmunds busan buxton byblos byron_bay bytom caerphilly cagayan_de_oro calabar camberley camborne camden
	campinas campo_grande can_tho cancun cancún cannock canton cape_coast cape_coral carlow carmarthen carson_city castlebar castleford castries catford cedar_rapids
	centurion champaign chandigarh chandler changchun changsha changwon chapel_allerton charleston charlottesville charlottetown chatham chattogram chelyabinsk chernihiv
	chernivtsi chesapeake chesham cheshunt chesterfield cheyenne chiang_rai chiclayo chihuahua chippenham chiswick chittagong chitungwiza chongqing chorley chorlton
	chula_vista cirencester ciudad_juárez clacton clapham clarksville clearwater cleethorpes clermont-ferrand clitheroe clonmel coatbridge cochabamba coffs_harbour
	coimbatore college_station colorado_springs columbia colwyn_bay comilla como congleton constantine corby cork corpus_christi corvallis cotonou council_bluffs cramlington
	crewe cricklewood crouch_end croydon cuernavaca cuiabá culiacán cumbernauld cuneo cuttack częstochowa cúcuta da_nang daegu daejeon dalat dalston damaturu dammam
	dar_es_salaam darbhanga darjeeling dartford darwen davenport daventry dayton daytona_beach dearborn decatur dehradun den_bosch dennistoun denpasar denton deptford
	devizes devonport dewsbury dhanbad dharwad dibrugarh didsbury digbeth dire_dawa dodoma donetsk dongguan dorchester dorking douala drogheda droitwich dubbo dubuque dudley
	dumaguete dumbarton dumfries dundalk durango durgapur dutse ealing east_london eastleigh eau_claire ebbw_vale ede edgbaston effurun eilat eldoret elgin ellesmere_port
	embu encarnación enfield enschede entebbe enugu epsom erbil erie erode esbjerg evanston evansville everett evesham evora exmouth fairbanks faisalabad fallowfield fareham
	faridabad farnborough farnham fayetteville felixstowe fez finchley flagstaff fleetwood flint florianopolis florianópolis foggia folkestone fort_collins fort_lauderdale
	fort_wayne fort_william fort_worth foshan francistown frankfort fredericton fremantle fremont frome fujairah fulham fuzhou gaborone gainesville gainsborough galashiels
	galle gangtok ganja garissa garland garoua gatineau gaya gaza gazipur general_santos ghaziabad gifu gillingham gisborne gitega giza gladstone glendale gliwice glossop
	gold_coast goma gombe gomel gondar goole gorakhpur gosford gosforth gosport govan grand_forks grangemouth grantham gravesend great_falls great_yarmouth green_bay
	greenock greensboro greenville greenwich greymouth grodno guatemala_city guelph guiyang gujranwala gujrat gulbarga gulfport gulu guntur gurgaon gurugram gusau guwahati
	gwalior gwangju gweru gyumri hackney haikou haiphong hakodate haldwani halesowen hama hamamatsu hammersmith hampstead hangzhou hannover harbin harborne hargeisa haridwar
	haringey harlesden harlow harpenden harrisburg harrow harwich haslemere hat_yai hatfield hattiesburg havant haverfordwest hawassa hawick haywards_heath headingley heaton
	hebron hefei helena hemel_hempstead henderson hendon hermosillo hertford hexham heysham hialeah high_wycombe highgate himeji hinckley hisar hitchin hoboken hoi_an homs
	horsham hounslow howrah hsinchu hua_hin huambo hubli hue huntingdon huntsville hurghada idaho_falls ife ijebu-ode ikeja ilesa ilford ilfracombe ilkeston ilkley iloilo
	ilorin imphal incheon indore invercargill inverurie iowa_city ipoh iquitos irbid irvine irving isfahan islington ismailia itanagar ithaca ivano-frankivsk jabalpur jaffa
	jaffna jalandhar jalgaon jalingo jammu jamnagar jamshedpur jarrow jeju jeonju jersey_city jesmond jhansi jhelum jinan jinja jodhpur johnson_city johor_bahru joinville
	joplin jos joão_pessoa juneau kagoshima kaikoura kairouan kaiserslautern kakamega kakinada kalamazoo kalgoorlie kaliningrad kalyan kamloops kanazawa kannur kanpur
	karbala karimnagar karnal katsina kawasaki kecskemét keflavik keighley kenosha kensington kericho kerman keswick kettering khabarovsk kharagpur kherson khobar khon_kaen
	khulna kidderminster kilburn killarney killeen kilmarnock king's_lynn kingston_upon_thames kirkcaldy kirkstall kirkuk kirkwall kisangani kisii kismayo kisumu kitale
	kitchener kitwe klang knaresborough knutsford koforidua kohima kolhapur kollam kota kota_kinabalu kottayam kowloon kozhikode krasnoyarsk kristiansand kryvyi_rih kuching
	kumamoto kunming kurnool kutaisi kuwait_city la_crosse la_plata lafayette lafia lake_charles lakeland lalitpur lambeth lanzhou laramie laredo larkana latakia latur
	launceston laval le_havre le_mans leamington_spa lecce leek leeuwarden leigh leighton_buzzard leith lekki leominster letchworth lethbridge letterkenny levenshulme levin
	lewes lewisham leyton lhasa lismore littlehampton livingston llanelli lobito logroño lokoja londrina long_beach longsight lowestoft luang_prabang lubbock lubumbashi
	ludhiana luton luxembourg luxor lymington lübeck macau maceió machakos mackay macon maidenhead maiduguri mainz makassar makati makurdi malacca malang malappuram malindi
	managua manama mandalay mandurah mangalore manizales mansoura manzini mardan marikina mariupol market_harborough markham marlborough marquette marylebone maseru mashhad
	masterton mathura matsuyama mazatlán mbabane mbale mbarara mckinney mecca mechelen medan medina meerut mekelle meknes melton_mowbray merced meridian merthyr_tydfil mesa
	messina mexicali midland mildura minehead minna minot mirpur misrata mississauga miyazaki modesto mogadishu mogilev moline monroe mons montego_bay montpelier moose_jaw
	moradabad morecambe morgantown morioka morley morningside morpeth moseley moshi moss_side mosul motherwell mount_gambier mthatha mullingar multan muncie murfreesboro
	murmansk murree muswell_hill mutare muzaffarabad muzaffarpur mwanza mykolaiv mymensingh myrtle_beach mysuru mzuzu n'djamena naas nablus naga_city nagano nagasaki naha
	najaf nakuru nanaimo nanchang nanded nanjing nanning nantwich nanyuki naperville nara narayanganj nashik nashua navan navi_mumbai nazareth neath negombo nellore
	nelspruit neuquén new_plymouth newark newbury newmarket newport_news newquay newton_abbot nha_trang niamey niigata ningbo nizhny_novgorod nnewi noida noosa northallerton
	northwich notting_hill nsukka nuneaton nyeri oamaru obuasi ocala ogbomosho ogden okara okayama okene omdurman omsk ondo onitsha oostende ooty oran ormskirk oshawa
	oshkosh osogbo oswestry otley oujda overland_park owerri oxnard oyo paarl pachuca padang paddington paignton palakkad palembang palm_springs palmerston_north panaji
	panama_city panipat paphos parakou paramaribo parma parramatta partick pasadena pasig paterson patiala patna pattaya peckham penrith pereira perm peshawar petaling_jaya
	peterhead phuket piacenza pierre pietermaritzburg pilsen plano playa_del_carmen pocatello poitiers pokhara polokwane poltava ponce pondicherry ponta_delgada pontefract
	pontypool pontypridd port-au-prince port-gentil port_elizabeth port_harcourt port_macquarie port_said port_talbot porto-novo posadas potchefstroom poughkeepsie prescott
	prince_george provo puducherry pueblo puerto_princesa puerto_vallarta punta_cana punta_del_este putney qingdao qom quebec_city querétaro quetta quetzaltenango
	quezon_city racine rahim_yar_khan raipur rajahmundry rajkot rajshahi ramallah ramsgate ranchi rangpur rapid_city ras_al_khaimah rasht rawalpindi rawtenstall reading
	red_deer redcar redditch redhill redruth reigate rhyl ribeirão_preto richards_bay rimini ripon riverside roanoke rockford rockhampton rohtak romford roorkee rostov
	rotherhithe rourkela royston rugby rugeley runcorn rushden rustenburg ryde rzeszów saffron_walden sagamu saginaw sahiwal saigon saint-louis saint_john saitama salalah
	salerno salinas salta saltillo salto san_bernardino san_fernando san_josé_costa_rica san_juan san_luis_potosí san_pedro_sula san_salvador sana'a sandton sangli santa_ana
	santa_barbara santa_cruz santa_cruz_de_la_sierra santa_marta santa_monica santa_rosa santiago_de_cuba sapele saragossa sarasota saratov sargodha sarnia sassari satara
	schenectady scottsdale sekondi selby selly_oak semarang sendai seongnam serekunda seremban sevenoaks shah_alam sharjah shawlands sheerness sheikhupura shenyang
	shepparton sherbrooke shijiazhuang shillong shimla shiraz shizuoka shoreditch shreveport sialkot sidon siem_reap siliguri sioux_city sittingbourne skegness skipton
	sleaford sliema sochi sohar sokoto solapur sosnowiec sousse south_bend southwark soweto spalding spartanburg srinagar st_austell st_cloud st_helens st_petersburg
	stafford staines stamford staten_island stellenbosch stevenage stockton stoke stoke_newington stourbridge stowmarket stranraer stratford streatham stroud sucre sudbury
	suez sukkur sulaymaniyah sumy sunnyvale sunshine_coast sunyani surat surulere sutton_coldfield suwon suzhou swat sydenham sylhet tabriz tacloban taguig taichung taif
	tainan taiyuan takamatsu takoradi tamale tampico tamworth tanta tarkwa tarragona tarttu taupo techiman tema tempe temuco tenby teresina ternopil terre_haute tetouan
	tewkesbury thane thanjavur thetford thies thika thirsk thiruvananthapuram thrissur thunder_bay thurso tijuana timaru tiruchirappalli tirunelveli tirupati tiverton
	tlemcen toluca tomsk tonbridge tooting toowoomba torreón torun toruń totnes tottenham toxteth toyama tralee treviso trichy trincomalee trois-rivières trowbridge trujillo
	tula tullamore tulum tumkur tunbridge_wells tyre tórshavn uberlândia ubud udaipur udupi ufa ujjain ullapool ulsan umhlanga umuahia urumqi ushuaia utica utsunomiya
	uttoxeter uxbridge uyo uzhhorod vadodara valdivia vallejo varanasi vasai vauxhall vellore ventnor veracruz vereeniging vientiane vijayawada vinnytsia virginia_beach
	visakhapatnam vitebsk vitória vizag viña_del_mar volgograd voronezh vung_tau waco wagga_wagga walla_walla wallasey walthamstow walton walvis_bay wanaka wantage warangal
	warminster warri warrnambool warwick waterbury waterloo watford wausau welkom wellingborough wells welwyn wembley wenzhou west_bromwich west_palm_beach westport
	whakatane whanganui whangarei whitechapel whitehaven whitley_bay whyalla widnes wiesbaden willesden wimbledon windsor winston-salem wisbech withington witney wokingham
	wolfsburg woolwich workington worksop worms wuxi xi'an xiamen xian yaba yakima yakutsk yamoussoukro yangon yazd yenagoa yeovil yogyakarta yola yonkers youngstown yuma
	zacatecas zamboanga zaporizhzhia zaria zarqa zhengzhou zhuhai zhytomyr zielona_góra zomba
	saint_lucia st_lucia st_kitts saint_kitts nevis grenada dominica saint_vincent st_vincent antigua trinidad tobago barbuda montserrat curaçao aruba bonaire bermuda county_mayo county_donegal county_kildare county_wicklow county_tipperary county_down county_antrim county_armagh county_tyrone county_fermanagh county_sligo county_wexford county_durham
	kerry donegal mayo tipperary wicklow antrim armagh tyrone fermanagh lancashire cheshire derbyshire nottinghamshire lincolnshire leicestershire staffordshire shropshire herefordshire worcestershire warwickshire northamptonshire cambridgeshire bedfordshire hertfordshire buckinghamshire oxfordshire gloucestershire wiltshire berkshire hampshire surrey middlesex
	aberdeenshire perthshire fife angus argyll caithness sutherland lewis harris mull islay jura arran bute moray ayrshire lanarkshire gwynedd powys ceredigion pembrokeshire carmarthenshire monmouthshire glamorgan
	enugu_state lagos_state rivers_state anambra imo abia ebonyi edo delta_state bayelsa cross_river akwa_ibom benue plateau_state kogi kwara osun ekiti ogun oyo_state borno yobe adamawa taraba kebbi zamfara sokoto_state
	maharashtra karnataka tamil_nadu telangana andhra_pradesh uttar_pradesh bihar jharkhand odisha west_bengal assam rajasthan haryana himachal_pradesh uttarakhand madhya_pradesh chhattisgarh gujarat nagaland manipur meghalaya mizoram tripura sikkim sindh balochistan
	new_south_wales queensland south_australia western_australia northern_territory ontario alberta saskatchewan manitoba new_brunswick newfoundland labrador yukon nunavut british_columbia
	kaikōura clun wick epping bude blaenau machynlleth dolgellau pwllheli porthmadog lampeter cardigan fishguard porthcawl penarth `
