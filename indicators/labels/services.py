"""Indicators and fields of the table `services`, and words about them: key | English | Chinese."""

from __future__ import annotations

from indicators.labels.pairs import pairs

SERVICES = pairs("""
childcare | childcare | 幼有善育
education | education | 学有优教
work | work | 劳有所得
health | health | 病有良医
elderly | older people | 老有康养
housing | housing | 住有宜居
social_assistance | social assistance | 弱有众扶
culture | culture and sport | 文化体育
rural | villages and farming | 乡村
youth | youth in villages | 青年入乡
general | population and economy | 人口与经济
baby_care_rooms | baby care rooms | 母婴室
child_friendly_spaces_new | new child-friendly spaces | 新增儿童友好空间
childcare_enrolment_rate | childcare enrolment rate | 入托率
childcare_inclusive_share | share of inclusive childcare places | 普惠托位占比
childcare_institution_coverage | childcare institution coverage | 托育机构覆盖率
childcare_institutions | childcare institutions | 托育机构数
childcare_monthly_fee | childcare fee | 托育月均收费
childcare_places | childcare places | 托位数
childcare_places_per_1000 | childcare places per head | 每千人口托位数
childcare_staff_trained | childcare staff trained | 托育人员培训人次
childcare_voucher_monthly_high | childcare voucher, upper end | 托育券每月金额上限
childcare_voucher_monthly_low | childcare voucher, lower end | 托育券每月金额下限
inclusive_childcare_places_new | new inclusive childcare places | 新增普惠托位
infant_growth_stations_new | new infant growth stations | 新建婴幼儿成长驿站
parenting_group_activities | parenting group activities | 养育小组活动场次
parenting_voucher_claims | parenting voucher claims | 养育照护券申请人次
parenting_voucher_paid | parenting vouchers paid | 养育照护券补助资金
community_museums_new | new community museums | 新建乡村（社区）博物馆
cultural_centres | cultural centres | 文化馆
cultural_events | cultural events | 文化活动场次
culture_circles_15min | quarter-hour culture circles | “15分钟品质文化生活圈”
hangzhou_studies | public studies | 杭州书房
library_books | library books | 图书馆藏书
library_cardholders | library card holders | 图书馆持证读者
municipal_state_museums | municipal state museums | 市属国有博物馆
museums | museums | 博物馆
performances_to_countryside | performances in villages | 送戏下乡场次
public_libraries | public libraries | 公共图书馆
regular_exercise_share | people who exercise regularly | 经常参加体育锻炼人数比例
rural_cultural_halls | rural cultural halls | 农村文化礼堂
sports_area_per_capita | sports area per head | 人均体育场地面积
sports_venues | sports venues | 体育场地
theatres | theatres | 剧场
township_cultural_stations | township cultural stations | 乡镇（街道）文化站
college_students | college students | 高校在校生
colleges | colleges | 高等学校
compulsory_enrolment_rate | compulsory enrolment rate | 义务教育入学率
compulsory_retention | compulsory retention rate | 九年义务教育巩固率
compulsory_schools | compulsory schools | 义务教育学校
compulsory_teachers | compulsory school teachers | 义务教育专任教师
fifteen_year_education_coverage | fifteen-year education coverage | 十五年教育普及率
inclusive_kindergarten_child_share | children in inclusive kindergartens | 普惠性幼儿园在园幼儿占比
inclusive_kindergarten_coverage | inclusive kindergarten coverage | 普惠性幼儿园覆盖率
inclusive_kindergarten_share | share of inclusive kindergartens | 普惠性幼儿园占比
junior_middle_schools | junior middle schools | 初中
junior_new_entrants | junior middle school entrants | 初中招生数
junior_pupil_teacher_ratio | pupils per teacher, junior | 初中生师比
junior_students | junior middle school pupils | 初中在校生
junior_teachers | junior middle school teachers | 初中专任教师
junior_to_senior_rate | junior graduates going on | 初中毕业生升学率
kindergarten_children | children in kindergarten | 在园幼儿
kindergartens | kindergartens | 幼儿园
migrant_children_public_share | migrant pupils in public schools | 随迁子女公办学校就读比例
migrant_children_students | migrant pupils | 随迁子女在校生
new_primary_secondary_schools | new primary and middle schools | 新建中小学
new_school_places | new school places | 新增学位
new_school_starts | schools started | 新开工学校（幼儿园）
new_schools | new schools | 新建成学校（幼儿园）
preschool_enrolment_rate | preschool enrolment rate | 学前三年入园率
preschool_gross_enrolment_rate | preschool gross enrolment rate | 学前教育毛入园率
primary_new_entrants | primary school entrants | 小学招生数
primary_pupil_teacher_ratio | pupils per teacher, primary | 小学生师比
primary_schools | primary schools | 小学
primary_students | primary pupils | 小学在校生
primary_teachers | primary teachers | 小学专任教师
senior_secondary_gross_enrolment_rate | senior secondary gross enrolment | 高中阶段毛入学率
senior_secondary_retention | senior secondary retention | 高中阶段巩固率
senior_secondary_schools | senior secondary schools | 高中阶段学校
standardised_compulsory_school_share | standardised compulsory schools | 义务教育标准化学校占比
tertiary_educated_per_100k | college-educated people | 每十万人大学文化程度人口
tertiary_gross_enrolment_rate | tertiary gross enrolment rate | 高等教育毛入学率
basic_pension_coverage | basic pension coverage | 基本养老保险参保率
canteens_upgraded | canteens upgraded | 提升改造老年食堂
centenarians | centenarians | 百岁老人
dementia_beds_new | new dementia beds | 新增认知障碍照护床位
disabled_and_semi_disabled_elderly | disabled and semi-disabled elderly | 失能半失能老年人
disabled_elderly | disabled elderly | 失能老年人
elderly_beds | care beds | 养老床位
elderly_beds_per_1000 | care beds per old person | 每千名老年人养老床位
elderly_caregivers_per_10k | caregivers per old person | 每万名老年人养老护理员
elderly_institutions | care homes | 养老机构
elderly_meal_sites | meal points for the elderly | 老年助餐点
elderly_meal_sites_new | new meal points for the elderly | 新增老年助餐点
elderly_meal_village_coverage | villages with meal service | 老年助餐服务村（社）覆盖率
elderly_schools_new | new schools for the elderly | 新建老年大学（学堂）
employee_pension_insured | insured, employee pension | 职工基本养老保险参保人数
kangyang_unions_new | new health-and-care unions | 新建康养联合体
long_term_care_insured | insured, long-term care | 长期护理保险参保人数
nursing_bed_share | share of nursing beds | 护理型床位占比
population_60plus | registered, aged 60 and over | 户籍60岁及以上人口
population_60plus_share | registered 60 and over, share | 户籍60岁及以上人口占比
population_65plus | registered, aged 65 and over | 户籍65岁及以上人口
population_65plus_share | registered 65 and over, share | 户籍65岁及以上人口占比
population_80plus | registered, aged 80 and over | 户籍80岁及以上人口
resident_60plus | residents aged 60 and over | 常住60岁及以上人口
resident_60plus_share | residents 60 and over, share | 常住60岁及以上人口占比
resident_65plus | residents aged 65 and over | 常住65岁及以上人口
resident_65plus_share | residents 65 and over, share | 常住65岁及以上人口占比
resident_pension_insured | insured, residents' pension | 城乡居民养老保险参保人数
rural_elderly_meal_sites | rural meal points for the elderly | 农村老年食堂（助餐点）
semi_disabled_elderly | semi-disabled elderly | 半失能老年人
birth_rate | birth rate | 出生率
city_income_max_min_ratio | highest to lowest city income | 设区市居民收入最高最低倍差
gdp | gross domestic product | 地区生产总值
gdp_per_capita | output per head | 人均生产总值
households_100k_500k_share | households with 100k to 500k yuan | 家庭年可支配收入10万—50万元群体比例
households_200k_600k_share | households with 200k to 600k yuan | 家庭年可支配收入20万—60万元群体比例
population | residents | 常住人口
public_service_equalisation | equal access to public services | 基本公共服务均等化实现度
urbanisation_rate | urban share of residents | 常住人口城镇化率
child_health_centres_new | new child health centres | 新建儿童健康管理中心
community_health_centres | community health centres | 社区卫生服务中心
community_health_stations | community health stations | 社区卫生服务站
employee_medical_insured | insured, employee health | 职工基本医疗保险参保人数
family_doctor_signed | people with a family doctor | 家庭医生签约人数
health_beds | health beds | 医疗机构床位
health_beds_per_1000 | health beds per head | 每千人口医疗机构床位
health_institutions | health institutions | 医疗卫生机构
health_technicians | health workers | 卫生技术人员
health_technicians_per_1000 | health workers per head | 每千人口卫生技术人员
hospital_beds | hospital beds | 医院床位
hospitals | hospitals | 医院
infant_mortality | infant mortality | 婴儿死亡率
life_expectancy | life expectancy | 人均预期寿命
maternal_mortality | maternal mortality | 孕产妇死亡率
medical_insurance_coverage | health insurance coverage | 基本医疗保险参保率
nurses | nurses | 注册护士
nurses_per_1000 | nurses per head | 每千人口注册护士
nursing_hospital_beds | nursing hospital beds | 护理院床位
physicians | physicians | 执业（助理）医师
physicians_per_1000 | physicians per head | 每千人口执业（助理）医师
resident_medical_insured | insured, residents' health | 城乡居民医疗保险参保人数
township_health_centres | township health centres | 乡镇卫生院
under5_mortality | mortality under five | 五岁以下儿童死亡率
affordable_housing_raised | affordable housing raised | 筹集保障性住房
affordable_new_starts | affordable housing started | 保障性住房新开工
affordable_rental | affordable rental housing | 保障性租赁住房
future_communities | future communities | 未来社区
future_communities_batch | future communities in a batch | 未来社区（批次）
housing_guaranteed_households | households helped with housing | 保障住房困难家庭
housing_subsidy_households | households with a rent subsidy | 住房租赁补贴家庭
public_rental_allocated | public rental housing allocated | 公租房配租
qinghe_station_rooms | rooms for short free stays | “青荷驿站”房间
resettled_households | resettled households | 安置回迁户数
rural_housing_area_per_capita | rural housing area per head | 农村人均住房面积
style_demo_areas | model areas | 城乡风貌样板区
urban_housing_area_per_capita | urban housing area per head | 城镇人均住房面积
urban_village_households | urban village households | 城中村改造户数
common_prosperity_workshop_jobs | jobs in rural workshops | “共富工坊”就业人数
common_prosperity_workshops | rural workshops | “共富工坊”
farm_makers | new-style farm founders | 农创客
local_specialty_chains_over_100m | large local-specialty chains | 亿元以上“土特产”全产业链
local_specialty_output | output of local specialties | “土特产”产值
mountain4_projects_over_100m | large projects, mountain counties | 山区4县亿元以上项目
new_farmers | new farmers | 新农人
rural_rivers_regulated | rural rivers regulated | 农村河道整治
rural_sewage_facilities_built | rural sewage plants built | 农村生活污水处理设施
rural_talent | skilled rural people | 乡村人才
rural_tourism_routes | rural tourism routes | 乡村旅游精品线路
rural_water_pipes_renewed | rural water pipes renewed | 农村供水管网改造
rural_water_stations_upgraded | rural water stations upgraded | 单村水站改造
village_operating_income_mean | mean operating income of a village | 村均集体经营性收入
villages_8050_share | villages meeting both thresholds | 实现“8050”目标的行政村占比
villages_operating_income_500k | villages above half a million yuan | 经营性收入50万元以上行政村
villages_operating_income_500k_share | share of such villages | 经营性收入50万元以上行政村占比
autism_children_aided | children with autism aided | 孤独症儿童救助
disabled_care_services | disabled people in care services | 残疾人社会化照护服务
disabled_jobs_new | new jobs for disabled people | 残疾人新增就业
low_income_population | people on low incomes | 低收入人口
low_income_rural_disposable_income | income of low-income farmers | 低收入农户人均可支配收入
medical_cost_coverage_needy | medical costs covered, needy | 困难群众医疗费用综合保障率
rural_low_income_standard | rural low-income line | 农村低收入标准
social_assistance_paid | social assistance paid | 社会救助资金
social_assistance_recipients | social assistance recipients | 社会救助对象
subsistence_allowance_annual | subsistence allowance, year | 年低保标准
subsistence_allowance_monthly | subsistence allowance, month | 月低保标准
subsistence_recipients | subsistence recipients | 低保对象
minimum_wage | minimum wage | 最低月工资标准
minimum_wage_highest_tier | minimum wage, highest tier | 最低月工资标准（最高档）
minimum_wage_hourly | minimum wage, hour | 最低小时工资标准
minimum_wage_lowest_tier | minimum wage, lowest tier | 最低月工资标准（最低档）
reemployed | re-employed | 失业人员再就业
registered_unemployment_rate | registered unemployment rate | 城镇登记失业率
surveyed_unemployment_rate | surveyed unemployment rate | 城镇调查失业率
unemployment_insured | insured against unemployment | 失业保险参保人数
urban_new_jobs | new urban jobs | 城镇新增就业
youth_station_households | farm households reached | 青年入乡带动农户
youth_station_income_gain | income gain of youth stations | 青年入乡带动增收
youth_station_village_collectives | village collectives reached | 青年入乡带动村集体
youth_station_youth | young people at the stations | 进站青年
youth_stations | youth stations | 青年入乡实践站点
other_places | other places | 其他地区
not_known | not known | 未知
srs | simple random sample of villages | 村（社）简单随机样本
superpopulation | villages as draws from a process | 村（社）作为随机过程的实现
wilson | Wilson | Wilson法
wilson_cc | Wilson, continuity corrected | Wilson法（连续性校正）
clopper_pearson | Clopper–Pearson (exact) | Clopper–Pearson法（精确）
mid_p | mid-P | mid-P法
jeffreys | Jeffreys | Jeffreys法
agresti_coull | Agresti–Coull | Agresti–Coull法
hypergeometric | hypergeometric, finite population | 超几何法（有限总体）
surely | yes | 是
surely_not | no | 否
not_identified | not identified | 无法识别
over_time | one place, next statement | 同一地区前后两次
between_places | two places | 两个地区
rise | higher later | 后者较高
fall | lower later | 后者较低
order | apart, same year | 可分高低（同一年）
dates_differ | apart, but of different years | 可分高低但年份不同
one_month | one claim is one monthly voucher | 一人次为一张月度券
part_month | one claim is a part of a month | 一人次不足一个月
applications | claims are applications, some unpaid | 人次为申请次数，部分未发放
consistent | consistent | 相符
inconsistent | inconsistent | 不相符
ambiguous_definition | ambiguous definition | 定义不明
agrees | agrees | 相符
differs | differs | 不相符
not_printed | no printed rate | 未公布该比率
coverage_interval | Sampling interval of the coverage | 覆盖率的抽样置信区间
covered_villages | Number of covered villages | 已覆盖村（社）数
people_coverage | Coverage of people | 人口覆盖率
service_series | Service series of the place | 该地区公共服务数据序列
derived_rates | Rates worked out from printed figures | 由公布数推算的比率
all_villages | all villages counted, none sampled | 全部村（社），未抽样
outcome | printed figure | 公布数
break | break in the series | 序列断点
census_revision | revised after the census | 普查后修订
basis_changes | basis changes or is not stated | 口径变动或未说明
name_changes | name of the rate changes | 指标名称变动
per_claim | paid for each claim | 每申请人次的补助
monthly | stated for a month | 所称托育券每月金额
village_numbers | for each number of villages | 按村（社）总数
city_sites | all meal points of the city | 全市助餐点
part_of_year | part of the year only | 仅有年内部分时段
""")
