//! How files spell the columns that we know, over the years and in the languages of those who write tables by hand.

use super::header::Column;

/// Lower-case letters and digits of every known spelling.
pub(super) const SPELLINGS: [(Column, &[&str]); 40] = [
    (Column::Handle, &["handle", "urlhandle", "producthandle"]),
    (Column::Title, &["title", "producttitle"]),
    (Column::Body, &["bodyhtml", "body", "description", "descriptionhtml", "productdescription"]),
    (Column::Vendor, &["vendor", "brand"]),
    (Column::Type, &["type", "producttype", "customproducttype", "customtype"]),
    (Column::Category, &["category", "categoryslug"]),
    (Column::ProductCategory, &["productcategory", "standardproducttype", "standardizedproducttype"]),
    (Column::Tags, &["tags", "producttags"]),
    (Column::Published, &["published", "publishedononlinestore"]),
    (Column::Status, &["status", "productstatus"]),
    (Column::Language, &["textlanguage"]),
    (Column::OptionName(0), &["option1name"]),
    (Column::OptionName(1), &["option2name"]),
    (Column::OptionName(2), &["option3name"]),
    (Column::OptionValue(0), &["option1value"]),
    (Column::OptionValue(1), &["option2value"]),
    (Column::OptionValue(2), &["option3value"]),
    (Column::Sku, &["variantsku", "sku"]),
    (Column::Grams, &["variantgrams", "grams", "weightvaluegrams", "weightgrams", "variantweightgrams"]),
    (Column::Weight, &["variantweight", "weight", "weightvalue", "itemweight", "shippingweight"]),
    (Column::WeightUnit, &["variantweightunit", "weightunit", "weightunitfordisplay"]),
    (
        Column::Quantity,
        &[
            "variantinventoryqty",
            "variantinventoryquantity",
            "inventoryquantity",
            "inventoryqty",
            "quantity",
            "onhand",
            "onhandcurrent",
        ],
    ),
    (Column::QuantityNew, &["onhandnew"]),
    (Column::Available, &["available", "availablenoteditable"]),
    (Column::Committed, &["committed", "committednoteditable"]),
    (Column::Tracker, &["variantinventorytracker", "inventorytracker"]),
    (
        Column::StockPolicy,
        &[
            "variantinventorypolicy",
            "inventorypolicy",
            "continuesellingwhenoutofstock",
            "variantcontinuesellingwhenoutofstock",
        ],
    ),
    (Column::RequiresShipping, &["variantrequiresshipping", "requiresshipping"]),
    (Column::Price, &["variantprice", "price"]),
    (Column::CompareAt, &["variantcompareatprice", "compareatprice"]),
    (Column::PriceCurrency, &["pricecurrency", "currency"]),
    (Column::Barcode, &["variantbarcode", "barcode", "gtin", "ean"]),
    (Column::ImageUrl, &["imagesrc", "imageurl", "productimageurl", "image"]),
    (Column::ImageAlt, &["imagealttext", "imagealt", "productimagealttext"]),
    (Column::VariantImage, &["variantimage", "variantimageurl"]),
    (Column::GiftCard, &["giftcard"]),
    (
        Column::Hs,
        &[
            "hscode",
            "hs",
            "varianthscode",
            "varianttariffcode",
            "varianttariffhs",
            "tariffcode",
            "tariffnumber",
            "harmonizedsystemcode",
            "harmonizedsystemhscode",
            "variantharmonizedsystemcode",
            "harmonizedcode",
            "htscode",
        ],
    ),
    (
        Column::Origin,
        &["countryoforigin", "variantcountryoforigin", "countryregionoforigin", "countrycodeoforigin", "coo", "origin"],
    ),
    (Column::CustomsDescription, &["customsdescription", "variantcustomsdescription"]),
    (Column::TaxClass, &["taxclass", "varianttaxclass"]),
];
pub(super) const SPELLINGS_OF_SALE: [(Column, &[&str]); 5] = [
    (Column::OfferStatus, &["offerstatus"]),
    (Column::Supply, &["supply"]),
    (Column::SupplyCapacity, &["supplycapacity"]),
    (Column::Warehouse, &["warehouse", "warehousecode", "location", "locationname"]),
    (Column::Seller, &["seller", "sellername"]),
];

/// Names that tables written by hand have, in the languages of those who write them, with blanks between them. What stands behind a
/// weight's or a price's name in the file (`重量（克）`, `Preis €`) is told apart before.
pub(super) const SPELLINGS_ABROAD: [(Column, &str); 19] = [
    (Column::Handle, "网址别名 产品句柄 urlschlüssel identifiantproduit"),
    (
        Column::Title,
        "名稱 標題 商品名稱 商品標題 產品名稱 productname itemname 名称 标题 品名 商品名称 商品标题 产品名称 商品名 製品名 品名称 titel artikelname \
         bezeichnung artikelbezeichnung produktname produkttitel titre nomduproduit désignation libellé \
         título títulodelproducto nombre nombredelproducto nomedoproduto nome titolo nomeprodotto название \
         названиетовара наименование наименованиетовара nazwa tytuł 상품명 제품명 اسمالمنتج الاسم العنوان ürünadı \
         tênsảnphẩm ชื่อสินค้า उत्पादकानाम",
    ),
    (
        Column::Body,
        "產品描述 描述 商品描述 产品描述 详情 商品説明 説明 beschreibung artikelbeschreibung produktbeschreibung \
         descriptionduproduit descripción descrição descrizione opis описание описаниетовара 상품설명 설명 الوصف \
         وصفالمنتج",
    ),
    (
        Column::Vendor,
        "品牌 ブランド メーカー marke hersteller marque fabricant marca бренд производитель marka 브랜드 العلامةالتجارية",
    ),
    (
        Column::Category,
        "分類 類別 商品分類 分类 类目 商品分类 カテゴリ カテゴリー kategorie warengruppe catégorie categoría categoria категория \
         kategoria 카테고리 الفئة التصنيف",
    ),
    (Column::Tags, "标签 タグ schlagwörter étiquettes motsclés etiquetas теги метки 태그 الوسوم"),
    (Column::Status, "状态 商品状态 ステータス produktstatus statut estado stato статус 상태 الحالة"),
    (Column::Published, "是否上架 上架 公開 veröffentlicht publié publiée publicado pubblicato опубликовано منشور"),
    (
        Column::Sku,
        "貨號 品號 商品編號 產品編號 货号 款号 商家编码 商品编码 产品编码 sku编码 商品コード 品番 商品番号 artikelnummer artikelnr artnr bestellnummer \
         référence réf référenceproduit referencia referência código códigodoproduto códigosku codiceprodotto \
         codicearticolo артикул кодтовара 상품코드 품번 رمزالمنتج رقمالصنف indeks ürünkodu itemsku sellersku \
         skucode itemnumber partnumber",
    ),
    (
        Column::Barcode,
        "條碼 商品條碼 國際條碼 条码 条形码 商品条码 バーコード janコード jan ean13 eancode upc gtin13 isbn strichcode barcodeean \
         codebarres codebarre códigodebarras codiceabarre штрихкод 바코드 الباركود",
    ),
    (
        Column::Price,
        "價格 售價 單價 unitprice sellingprice 价格 售价 单价 销售价 価格 販売価格 単価 preis verkaufspreis nettopreis stückpreis \
         prix prixunitaire prixdevente precio preciounitario preciodeventa preço preçounitário preçodevenda \
         prezzo prezzounitario цена ценапродажи cena fiyat 가격 판매가 السعر سعرالبيع giá ราคา मूल्य",
    ),
    (
        Column::CompareAt,
        "原价 市场价 划线价 定価 通常価格 streichpreis prixbarré prixconseillé preciodecomparación precioanterior \
         prezzobarrato стараяцена 정가 السعرقبلالخصم",
    ),
    (Column::PriceCurrency, "幣別 貨幣 币种 货币 通貨 währung devise moneda moeda valuta валюта waluta 통화 العملة"),
    (
        Column::Quantity,
        "庫存 庫存數量 數量 stock qty stockqty stockquantity instockqty 库存 库存数量 库存量 数量 在庫 在庫数 bestand lagerbestand \
         menge anzahl quantité quantitéenstock cantidad existencias inventario quantidade estoque quantità \
         giacenza остаток остатки количество ilość stok adet 재고 재고수량 수량 الكمية المخزون sốlượng จำนวน",
    ),
    (
        Column::Weight,
        "重量 毛重 重さ gewicht versandgewicht artikelgewicht poids peso вес масса waga ağırlık 무게 중량 الوزن \
         trọnglượng น้ำหนัก",
    ),
    (
        Column::Hs,
        "海關編碼 稅則號列 商品標準分類號列 海关编码 hs编码 商品编码hs 税则号 税号 hsコード zolltarifnummer warennummer taricnummer \
         statistischewarennummer codedouanier codesh nomenclaturedouanière códigoarancelario \
         partidaarancelaria códigohs ncm codicedoganale codicetaric тнвэд кодтнвэд hs코드 الرمزالجمركي \
         رمزالنظامالمنسق",
    ),
    (
        Column::Origin,
        "原產國 原產地 原产国 原产地 産地 原産国 ursprungsland herkunftsland paysdorigine paísdeorigen paísdeorigem \
         paesediorigine странапроисхождения krajpochodzenia 원산지 بلدالمنشأ madein countryofmanufacture",
    ),
    (
        Column::CustomsDescription,
        "报关品名 申报品名 英文报关名 zollbeschreibung descriptiondouanière descripciónaduanera таможенноеописание",
    ),
    (
        Column::ImageUrl,
        "圖片 圖片網址 图片 图片链接 主图 画像 画像url bild bildurl bildlink photo images imagen imagenurl imagem immagine \
         изображение фото картинка zdjęcie 이미지 الصورة imageurls imagelink picture",
    ),
];
