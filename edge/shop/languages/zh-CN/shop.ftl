# 商城
to-country = 送至{ $country }
sold-by = 由 <b>{ $seller }</b> 销售

home-title = 送到家门口的价格
home-description = 来自各地的好物，价格已含送到您所在国家的运费、关税和税款。
home-headline = 一个价格，<br>送到家门口。
home-promise = 商品、运费、关税和税款，送至{ $country }的全部费用在付款前就已算清。收货时无需再付。
home-shop-week = 看看最快到货的商品
home-see-how = 看看价格怎么算
rail-soon = 最快送达
rail-soon-text = 已在{ $country }附近，或走最快的路线。
rail-far = 值得等上一周
rail-far-text = 由制造者直接寄出，关税和税款已含在价格中。
rail-new = 新品上架
rail-new-text = 近日上架，价格已算到{ $country }。
home-how-title = 拆开看到门价
home-how-text = { $product } 送到{ $country }是 { $price }。下面是它的每一部分、背后的规则以及规则施行的日期。
home-estimates-link = 预估价与保证价有何不同
home-empty-title = 这里还没有商品
home-empty-text = 导入第一批商品后，它们会带着到门价出现在这里。
home-feature-text = { $seller } 的商品，从{ $country }寄出。下面每个价格都是您在家门口支付的价格。
visit-seller = 查看 { $seller } 的全部商品
promise-duty = 标为保证价的到门价就是最终价格。入境时若有额外费用，由订单上写明的卖方承担。
promise-escrow-title = 收到货才付给卖家
promise-escrow = 您的付款由平台保管，送达之后才交给卖家。
promise-quote-title = 付款期间锁定价格
promise-quote = 结账时，价格、汇率、关税规则和库存都为您保留：30 分钟；所剩不多时为 10 分钟。
promise-sellers-title = 卖家公开
promise-sellers = 每件商品都写明库存归谁所有、由谁发货、谁是法律上的卖方。

search-title = 全部商品，价格算到{ $country }
search-results = { $n ->
    [0] 没有找到可送至{ $country }的商品。
   *[other] { $n } 件结果，价格算到{ $country }。
}
search-for = “{ $query }”的搜索结果
search-description = { $title }，含送到{ $country }家门口的价格和到货日期。
sort-by = 排序
sort-relevance = 相关度
sort-door-price = 到门价从低到高
sort-arrival = 到货从早到晚
sort-newest = 最新上架
apply = 应用
filters = 筛选
remove-filter = 移除此筛选
clear-all = 全部清除
facet-price = 送至{ $country }的到门价
facet-arrives = 送达时间
facet-category = 分类
facet-from = 发货地
facet-seller = 卖家
up-to-in = 最高（{ $currency }）
any-time = 不限
within-days = { $n } 天内
any-category = 全部
chip-max = 不超过 { $amount }
chip-days = { $n } 天内送达
show-results = 显示结果
pages = 分页
first-page = 第一页
next-page = 下一页
shown-of = 显示 { $n } 件，共 { $total } 件
search-empty-title = 没有找到“{ $query }”
search-empty-title-filter = 没有符合筛选条件的商品
search-empty-text = 目前没有符合条件且可送至{ $country }的商品。
search-without-filters = 去掉筛选再搜
search-everything = 显示全部
searches = 搜索

product-description = { $title }：送到{ $country }家门口 { $price }，含运费、关税和税款。{ $window } 送达。
breadcrumb = 当前位置
not-sold-to = 此商品不能送至{ $country }
delivery-with-door-price = 配送方式与到门价
delivery-not-possible = 不可用：{ $reason }
delivery-points = { $carrier }，{ $n } 个追踪节点
when-it-comes = 何时送达
when-it-comes-text = { $hours } 小时内在{ $country }交运，之后为该服务所需天数。柱形表示送达日期在窗口内的分布。
likely-by-day = 各日送达的可能性
likely-share = 百分之 { $n }
add-to-basket = 加入购物篮
few-left = 还剩 { $n } 件
sold-out = 已售罄
who-marketplace = { $seller } 拥有库存，从{ $country }发货，并为登记卖方。
who-platform = { $seller } 拥有库存，自行销售并从{ $country }发货。
who-fulfilled = { $seller } 拥有库存并为登记卖方，由 { $platform } 从{ $country }打包发货。
who-does-what = 各方分工
in-short = 简介
fact-weight = 含包装重量
fact-origin = 原产地
fact-tariff = 税号
fact-customs = 报关品名
fact-barcode = 条码
fact-brand = 品牌
other-sellers = 此商品的全部报价
how-featured = 推荐报价如何选出
featured-cheapest = 推荐：到门价最低
offer-dearer = 到门价高 { $amount }
offer-variant = { $options }
ships-from-label = 发货地
arrives-label = 送达
in-view = 正在查看
view-offer = 查看报价
similar = 类似商品

basket-title = 购物篮
basket-summary = { $n } 件，价格算到{ $country }。
keep-shopping = 继续购物
basket-repriced = 已按{ $country }重新计价
change-price = { $title }：到门价由 { $before } 变为 { $after }。
change-lost = { $title } 不能送往该地，仍保留在购物篮中。
change-back = { $title } 又可以送达，到门价 { $after }。
basket-added = 已加入购物篮。
from-place = 从{ $place }发出
quantity-of = { $product } 的数量
remove-product = 移除 { $product }
update = 更新
cannot-be-sent = 不能送至{ $country }
your-door-price = 您的到门价
to-checkout = 去结账
basket-note = 填写地址进入结账后，价格为您保留 30 分钟；所剩不多时为 10 分钟。
nothing-sendable = 购物篮中没有可送至{ $country }的商品。
basket-empty-title = 购物篮是空的
basket-empty-text = 您加入的商品会保留 60 天，更换国家时也会跟随。
line-of = { $options }，{ $seller }

checkout = 结账
checkout-summary = { $parcels } 个包裹，一次付款。
back-to-basket = 返回购物篮
where-it-goes = 送到哪里
saved-addresses = 已保存的地址
another-address = 其他地址
use-address = 使用此地址
email-for-updates = 接收通知的邮箱
how-it-travels = 如何运送
update-prices = 更新价格
delivery-from = 从{ $place }发出的配送方式
door-price-of = 到门价 { $amount }
crosses-border = 此包裹将过境。申报时使用您的姓名和电话，关税和税款按所示方式处理。
lost-take-out = 请将它们移出购物篮，再继续其余商品。
take-out = 移出
checkout-blocked = 购物篮中的商品全部可以送达后，将显示价格。
delivery-changed = 您选择的某种配送方式已不提供，请重新选择。
not-sendable-text = 购物篮中有商品不能送往该地，请先移出。
how-you-pay = 如何付款
paid-in = 以 { $currency } 支付
card-number = 卡号
sandbox-cards = 测试模式：不会动用资金。4242 4242 4242 4242 会被接受。
sandbox-more-cards = 其他表现的测试卡
card-ok = 接受
card-declined = 拒绝
card-no-funds = 余额不足
card-3ds = 银行要求验证（3-D Secure）
card-late = 稍后确认
pay-on-page = 银行卡及其他方式
pay-on-page-detail = 下一步打开支付服务商自己的页面付款，本店不会看到您的卡号。
to-provider = 前往付款页面
to-provider-text = 您将在支付服务商的页面支付 { $amount }，之后会回到这里。如果没有自动打开，请点击按钮。
to-provider-go = 前往付款页面
pay-amount = 支付 { $amount }
checkout-terms = 您向{ $sellers }购买。每个包裹送达之前，款项由平台保管。
problems-to-fix = 付款前有 { $n } 处需要更正。
price-changed = 填写期间到门价由 { $before } 变为 { $after }。请确认，合适的话再次付款。
quote-expired-text = 价格保留的时间已到期。以下是今天的价格。
held-until = 价格、汇率和库存保留至 { $time }。
payment-declined = 银行拒绝了付款，没有扣款。请换一张卡。
payment-insufficient-funds = 卡内余额不足，没有扣款。请换一张卡。
payment-refused = 您没有批准付款，没有扣款。
payment-amount = 此币种无法支付该金额，没有扣款。请换一种货币下单。
payment-card-unknown = 测试模式不认识此卡号，请使用下方的卡号。
payment-card-needed = 请输入卡号。
payment-outage = 支付服务没有回应。订单已保留，请一分钟后再试。
payment-differs = 支付服务扣款金额与订单不符，款项会自动退回。请重新付款。
bank-asks = 银行询问：是您本人吗？
bank-asks-text = { $shop } 要从您的卡中收取 { $amount }。测试模式下由您扮演银行。
approve-payment = 批准
refuse-payment = 拒绝

order-number = 订单 { $number }
order-summary = { $date } 下单，{ $parcels } 个包裹送至{ $country }。
cancel-order = 取消订单
confirm-received = 我已收到全部商品
pay-again = 支付此订单
notice-placed = 谢谢，订单已提交。
notice-placed-text = 此页链接长期有效，请保存以查看包裹动态。
notice-unpaid = 此订单尚未付款。
notice-unpaid-text = 请在下方付款。未付款的订单最多保留半小时，所剩不多时为十分钟，之后会被取消。
notice-pending = 正在确认付款。
notice-pending-text = 可能需要一分钟，完成后此页会显示。
notice-failed = 付款未成功。
notice-failed-text = 下单后商品为您保留半小时，所剩不多时为十分钟，请在下方重试。
notice-cancelled = 此订单已取消。
notice-cancelled-text = 已付款项将原路退回。
notice-held = 海关需要资料。
notice-held-text = 一个包裹在边境被扣留，由卖方答复，您无需操作。新的到货日期见下方。
notice-done = 全部送达，订单已完成。
order-state-waiting = 等待付款
order-state-to-pack = 正在打包
order-state-packed = 已打包
order-state-underway = 运送中
order-state-exception = 需要处理
order-state-delivered = 已送达
order-state-completed = 已完成
order-state-cancelled = 已取消
parcel-from = { $product }，从{ $country }发出
parcel-more = { $product } 等 { $n } 种以上，从{ $country }发出
parcel-arrived = 已送达
parcel-cancelled = 已取消
parcel-lost = 未找到
parcel-returned = 已退回
way-paid = 已付款
way-packed = 已打包
way-handed-over = 已交承运人
way-export = 出口报关
way-export-held = 出口海关
way-underway = 国际运输
way-underway-land = 运输途中
way-import = 进口清关
way-import-held = 海关扣留
way-last-mile = 最后一程
way-door = 您家门口
way-lost = 未找到
way-returned = 已退回
way-international = 国际
way-inside = { $place }境内，无需报关
way-duty-paid = 关税已付
way-until = { $time } 前
what-happened = 动态
nothing-yet = 暂无动态。打包后会有第一条消息。
detail-documents-wanted = 海关要求提供文件，由卖方答复。
detail-signed = 已在门口签收。
customs-and-papers = 海关与单证
merchant-of-record = 登记卖方
contents = 包裹内容
what-you-paid = 您支付的金额
what-you-pay = 应付金额
order-link-hint = 此页凭链接打开，请保存链接；若丢失，可用订单号和邮箱重新获取。也可用同一邮箱注册账户，账户中会显示此订单。

signed-in-as = { $name }，{ $email }
your-orders = 您的订单
paid-at-door = 到门价
older-orders = 更早的订单
no-orders-title = 还没有订单
no-orders-text = 您购买的商品会在这里显示行程。
addresses = 地址
no-addresses = 结账时保存的地址会显示在这里。
add-address = 添加地址
save-address = 保存地址
you = 个人资料
demo-sign-ins = 演示账户
demo-sign-ins-text = 所有人使用同一个密码。
demo-operator = 运营者
demo-seller = 卖家
demo-buyer = 买家
no-account-yet = 还没有账户？
have-account = 已有账户？
register-text = 账户可集中保存订单和地址。没有账户也可以购买。
sign-in-wrong = 邮箱与密码不匹配。
forgot-password = 忘记密码？
forgot-password-text = 请填写账户的电子邮箱。如果账户存在，我们会寄出一个链接，供您设置新密码。
forgot-send = 发送链接
forgot-sent-title = 请查看您的邮箱
forgot-sent-text = 如果该邮箱有账户，邮件已在路上，或在过去一小时内已寄达：每个链接一小时内有效，只能使用一次。没有收到？请查看垃圾邮件，或想一想注册时是否用了别的邮箱。
forgot-no-mail = 本店目前不发送邮件，因此不会收到链接。请联系店铺运营方。
reset-password = 设置新密码
reset-password-text = 所有设备上用旧密码登录的会话都会退出。
reset-save = 保存新密码
reset-over-title = 此链接已失效
reset-over-text = 链接已被使用，或已超过一小时。请重新申请。
track-text = 请填写订单号和下单时的邮箱，我们会把订单链接发到该邮箱。已登录时，您自己的订单会直接打开。
order-number-hint = 格式如 EN-7Q4K-2219。
saved = 已保存。

your-name = 姓名
category-of = { $name }

door-price-example = 举例
door-price-example-goods = 炻器马克杯，350 毫升
door-price-example-text = 一只从中国寄往{ $country }的马克杯，按今天的规则计算。

info-door-price-title = 到门价如何计算
info-door-price-lead = 您看到的价格就是在家门口支付的价格：商品、国际配送、关税和税款，以您的货币计，并附到货日期。
info-door-price-parts = 五个部分，各有规则
info-door-price-parts-text =
    商品价格由卖家设定，不含税。运费是承运人按重量和路线的报价。关税取决于税号、原产地和价值。税款按您所在国家的规定计算。部分承运人和机构收取手续费。
    明细的每一行都写明背后的规则和施行日期。各部分相加总等于所示价格。
info-door-price-exchange = 汇率
info-door-price-exchange-text =
    其他货币的价格只换算一次，采用当日参考汇率并注明日期。结账时汇率最多保留 30 分钟，不加任何差价。
info-door-price-estimate = 保证价与预估价
info-door-price-estimate-text =
    背后规则全部确认时，价格即为保证价。只知道常见税率时，会标明是预估价。两种情况下，您支付的都是报价：结账时看到多少，就收取多少。
info-door-price-featured = 推荐报价
info-door-price-featured-text =
    多个卖家销售同一商品时，到门价最低的排在最前。这个位置不能花钱购买。
info-duty-guarantee-title = 关税保证
info-duty-guarantee-lead = 标为保证价的，送到门口时不会再有任何费用。
info-duty-guarantee-what = 保证什么
info-duty-guarantee-what-text =
    关税、税款和手续费在付款前算清并包含在价格中。海关若要求更多，差额由订单上写明的卖方承担。
info-duty-guarantee-who = 各方分工
info-duty-guarantee-who-text =
    每个商品页都写明库存归谁所有、由谁发货、谁是登记卖方。订单上也是同样的名称。
    您的款项由平台保管，包裹送达且异议期结束后才交给卖家。
info-duty-guarantee-border = 入境时缴纳
info-duty-guarantee-border-text =
    有些关税和税款只能在包裹到达时缴纳。承运人会从您看到的价格中代付，明细中会写明。
info-returns-title = 退货与退款
info-returns-lead = 打包之前可以取消订单，款项全额退回。
info-returns-before = 打包之前
info-returns-before-text =
    打开订单，按“取消订单”。商品、运费、关税和税款将原路退回。
info-returns-after = 发出之后
info-returns-after-text =
    丢失或退回的包裹会退款：商品及其运费、关税和税款。收到的商品有问题时，请不要确认收货，并在订单所示的验收期结束前联系商城。
info-returns-refund = 如何退款
info-returns-refund-text =
    退款按订单金额计算，不采用更新的汇率或规则，退回您付款的卡。
info-selling-title = 开设店铺
info-selling-lead = 在 { $shop } 向规则已知的每个国家销售。买家看到一个价格，您看到它的每一部分。
info-selling-start = 如何开始
info-selling-start-text =
    { $shop } 的运营者邀请卖家入驻。之后上传您已有的商品文件：Shopify 导出的文件可以直接读取。
    为每件商品填写税号和原产地。缺少的内容会列成清单，补齐后即可销往国外。
info-selling-fees = 费用与佣金
info-selling-fees-text =
    订单完成时按商品价格的一定比例收取佣金，比例写在协议中。上架不收费。每张订单的佣金在成交时确定。
info-selling-customs = 海关与税
info-selling-customs-text =
    每张订单的关税和税款都会算清并单独留存。面单、追踪号和报关单由系统生成。
info-about-title = 关于我们
info-about-lead = { $shop } 运行在开源跨境贸易平台 Entrepot 之上。
info-about-what = 这是什么
info-about-what-text =
    Entrepôt 意为转口港：接收、保管并转运各地货物的港口。Entrepot 是经营这样一座港口的程序：商城、市场、卖家中心和账簿合而为一。
info-about-open = 开源
info-about-open-text =
    本程序是采用 MIT 与 Apache 2.0 许可的自由软件。价格背后的每条规则都可以查阅。
info-accessibility-title = 无障碍
info-accessibility-lead = 每个页面都可以用键盘、读屏软件、大字号、深色模式以及在没有脚本的情况下使用。
info-accessibility-what = 我们的做法
info-accessibility-what-text =
    页面由简单、带标签的部件组成。含义从不只靠颜色表达。系统要求时动画会停止。文字可放大到两倍。
info-accessibility-tell = 告诉我们
info-accessibility-tell-text =
    如有无法使用之处，请写信给本店运营者并注明页面。
info-privacy-title = 隐私
info-privacy-lead = 保存了哪些关于您的信息、为什么、保存多久。
info-privacy-cookies = Cookie
info-privacy-cookies-text =
    Cookie 用于保存您的目的地、货币、语言和配色、购物篮、登录状态、您曾在此设备上登录，以及防止伪造表单的令牌。没有广告 Cookie，也没有第三方追踪。
info-privacy-data = 您的订单
info-privacy-data-text =
    您的姓名、地址和电话会提供给卖家、承运人和海关，否则包裹无法运送。卡号不会进入本店的数据库。
info-privacy-delete = 删除
info-privacy-delete-text =
    地址可随时在账户中移除。在“登录与安全”中，您可以下载保存的关于您的全部数据，或删除账户；页面会说明保留什么以及原因。登录会话在其有效期内保存浏览器名称和网络地址。
imprint-lead = { $shop } 的经营者及联系方式。
imprint-legal = 法律责任主体
imprint-contact = 联系方式
imprint-none = 店主尚未填写此内容。
not-sold-there = 本店不向该国家或地区销售，请选择其他目的地。

# 开通账户、邀请与代表的组织。
register-sent-text = 邮件正发往 { $email }。其中的链接一天内有效，只能使用一次。没有收到？请查看垃圾邮件；一小时内多次申请后不再发送，此前的链接仍有效。
register-no-mail = 本店目前不发送邮件，不会自动收到链接。可向店铺运营方索取。没有账户也可以购买。
register-how = 我们会向此地址发送链接，凭链接填写姓名和密码。
register-confirm-text = { $email } 已验证。请填写账户所需的其余信息。
register-over-text = 链接已被使用、已超过一天，或此地址已有账户。请登录，或重新申请链接。
send-again = 重新发送
go-on = 继续
track-send = 发送链接
track-sent-text = 如果确有此订单号且使用此邮箱下单，订单链接正发往该邮箱。没有收到？请查看垃圾邮件或核对订单号；一小时内多次申请后不再发送，此前的链接仍有效。
track-no-mail = 本店目前不发送邮件，因此不会收到链接。用账户购买的请登录，否则请联系店铺运营方。
track-another = 查询其他订单
invitation-text = 接受后您即代表对方行事，可随时退出。接受之前一切不变。
invitation-for = 受邀邮箱
invitation-other = 您当前以 { $email } 登录。请先退出，再用受邀邮箱登录。
invitation-sign-in = 登录后答复
invitation-register = 开通账户并接受
invitation-register-text = 请为 { $email } 填写姓名和密码。
invitation-over = 此邀请已失效
invitation-over-text = 邀请已被答复、撤回或替换，或已超过七天。请向邀请人索取新的邀请。
invitation-declined = 已谢绝
invitation-declined-text = 您的账户没有任何变化，邀请已作废。
keep = 保留
acting-text = 选择现在代表谁行事。下次登录从上次的选择开始。
acting-none = 您只代表自己。有人邀请您时会显示在这里。
acting-leave-title = 退出 { $name }？
acting-leave-text = 您将立即在所有设备上不再代表对方。您为其创建的 API 密钥会被吊销，您发出的邀请会被撤回。重新加入须再次受邀。
acting-last-owner = 您是唯一的所有者。请先指定另一位。
acting-declined = 已谢绝，没有任何变化。
acting-over = 此邀请已被答复、撤回或更改，或已过期。
acting-left = 您已退出。
order-link-hint-no-mail = 此页凭链接打开，请保存链接：本店目前不发送邮件。
