# The first start: the claim link, the first warehouse, the first catalogue.

claim-title = Make this shop yours
claim-text = You opened the one-time link of a new installation. Say who you are; it takes a minute, and everything can be changed later.
typical-rates = Also sell where only a typical duty or tax rate is known
typical-rates-text = Such prices are shown as estimates; if customs asks for more than the buyer paid, the shop bears the difference.
claim-button = Open the shop
shop-name = Name of the shop
waiting-title = This shop is not open yet
waiting-text = The program printed a one-time link when it was started. Open that link to make the shop yours.
setup-title = { $shop } is yours
setup-text = Two steps and things are on sale: where your goods leave from, and what you sell.
setup-warehouse = Where do your goods leave from?
setup-warehouse-text = This address is printed on labels, and delivery is worked out from there.
setup-warehouse-done = Goods leave from { $warehouse }.
setup-catalogue = Your catalogue
setup-catalogue-text = A product file as Shopify exports it (CSV). Prices are taken in your currency, without tax. Importing again updates, it never doubles.
setup-file = Product file (CSV)
setup-import = Import
see-the-shop = See the shop
