# The first start: the claim link, the first warehouse, the first catalogue.

claim-title = 让这家店成为您的
claim-text = 您打开了新安装的一次性链接。请说明您是谁，一分钟即可，以后都可以更改。
typical-rates = 只有典型税率时也销售
typical-rates-text = 此类价格显示为估算；若海关实收高于买家已付，差额由本店承担。
claim-button = 开店
shop-name = 店名
waiting-title = 这家店尚未开业
waiting-text = 程序启动时打印了一次性链接。打开该链接即可认领此店。
setup-title = { $shop } 属于您了
setup-text = 再两步即可开卖：从哪里发货，卖什么。
setup-warehouse = 从哪里发货？
setup-warehouse-text = 此地址会印在面单上，配送也从这里计算。
setup-warehouse-done = 从{ $warehouse }发货。
setup-catalogue = 商品目录
setup-catalogue-text = Shopify 导出的商品文件（CSV）。价格按您的货币、不含税读取。重复导入只会更新，不会重复。
setup-file = 商品文件（CSV）
setup-import = 导入
see-the-shop = 查看商城
