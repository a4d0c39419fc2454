# Product files: what is wrong with one, what an import does. Said on pages, at the command line and in the API.

d-wrong-rows = Wrong rows
d-wrong-line = Error line
d-wrong-column = Error column
d-wrong-code = Error code
d-wrong-reason = Error
d-row-not-decoded = Some letters of this row are not in the file’s encoding ({ $encoding }); save the file as “CSV UTF-8”.
d-row-nought-byte = The row holds a byte of nought, which no text has; the program that wrote the file broke it. Write the row anew.
d-row-open-quote = A quote is opened on this line and never closed, so that everything behind it is lost. Close it, or double quotes within a cell.
d-row-row-endless = This row is longer than 8 MB: that is no product, or a quote in it is never closed. What stands behind it is not looked at.
d-row-formula-error = “{ $value }” is what a spreadsheet shows where it could not compute a cell; mend the formula, or write the value.
d-row-no-goods = The system that wrote the file means no goods by this row (a group of products, a link to another shop, a listing to end); it is left out.
d-row-row-too-long = The row has { $has } cells, the header { $wanted }; put quotes around cells that contain commas.
d-row-handle-missing = Give the row a handle, or a SKU in a file without handles: nothing says which product it is of.
d-row-gift-card = A gift card is not goods and is left out.
d-row-variant-twice = Another row of this product has the same option values; give each its own.
d-row-status-unknown = “{ $value }” is no status; write active, draft or archived.
d-row-language-unknown = “{ $value }” is no language; write its tag, such as en or zh-CN.
d-row-offer-status-unknown = “{ $value }” does not say whether the offer is on sale; write active or paused.
d-row-supply-unknown = “{ $value }” does not say what an offer is supplied from; write stock, made:5 (working days) or preorder:2027-01-12.
d-row-supply-range = “{ $value }” cannot be: make it in 1 to 260 working days, ship it on a day to come within two years, and say how many pieces a pre-order has.
d-row-supply-shared = Another offer sells the same pieces of the same warehouse; these are sold as they lie there.
d-row-hs-format = “{ $value }” is no HS code; write 6, 8 or 10 digits such as 6109.10.
d-row-hs-lost-zero = “{ $value }” lacks a digit: HS codes have 6, 8 or 10. Most likely a spreadsheet dropped the zero before it; write 0{ $value } and format the column as text.
d-row-hs-shortened = “{ $value }” was shortened by a spreadsheet; format the column as text and write every digit of the code.
d-row-hs-no-heading = The tariff has no heading in which “{ $value }” could stand; look the code up.
d-row-barcode-check-digit = The check digit of the barcode “{ $value }” is wrong: a digit was lost or mistyped. The row is taken without it.
d-row-barcode-lost-zero = The barcode “{ $value }” lacks a digit: most likely a spreadsheet dropped the zero before it. Format the column as text. The row is taken without it.
d-row-barcode-shortened = The barcode “{ $value }” was shortened by a spreadsheet; format the column as text and write every digit. The row is taken without it.
d-row-no-yes-or-no = “{ $value }” is neither yes nor no; write true or false.
d-row-sku-twice = The SKU “{ $value }” stands on line { $first } too; a SKU names one variant.
d-row-sku-unknown = No product of this seller has the SKU “{ $value }”. A new product needs a title.
d-row-sku-of-several = Several variants of this seller have the SKU “{ $value }”; name the product by its handle.
d-row-variant-unknown = The product has no variant with this SKU; name its option values.
d-row-no-shipping = It needs no shipping, and only what travels is sold here; it is left out.
d-row-stock-policy-unknown = “{ $value }” says nothing of what happens without stock; write deny or continue.
d-row-number-other-way = “{ $value }” is written otherwise than the file’s other numbers, such as “{ $sample }”{ $line ->
    [0] {""}
   *[other] {" "}in line { $line }
  }; write all of them alike.
d-row-number-two-ways = “{ $value }” can be read two ways, and this file writes numbers in both; say what stands before the decimals, or write it without a mark between thousands.
d-row-price-currency = “{ $value }” names another currency than { $currency }, which the file’s prices are in; add a column “Price Currency”.
d-row-unknown-country = “{ $value }” is no country; write its two letters, such as CN, or its name.
d-row-unknown-currency = “{ $value }” is no currency; write three letters such as EUR.
d-row-price-format = “{ $value }” is no price; write it like 1234.50.
d-row-quantity-format = “{ $value }” is no number of pieces; write it like 12.
d-row-weight-format = “{ $value }” is no weight; write it like 250.
d-row-weight-too-heavy = “{ $value }” is too heavy for goods; write the weight of one piece.
d-row-weight-unit-missing = Nothing says the unit of the weight “{ $value }”; write g, kg, oz or lb behind the number, in the name of the column or in a column “Variant Weight Unit”.
d-row-weight-unit = “{ $unit }” is no unit of weight; write g, kg, oz or lb behind the number or in a column “Variant Weight Unit”.
d-row-title-missing = A new product needs a title; write it into its first row.
d-row-variants-missing = A new product needs at least one row with a SKU, a price or an option value that can be read.
d-row-too-long = This text is too long; write { $most } characters at most.
d-row-unknown-picture = This picture of the shop is not one of yours; name the address where your picture lies.
d-row-product-put-twice = Someone else is changing this product just now; import the row again.
d-row-unknown-seller = There is no seller “{ $name }”; write the name as it stands in the console, or leave the cell empty.
d-row-denied = The row names another seller; leave the cell empty for products of your own.
d-row-no-agreement = Nothing is agreed with this seller yet; agree terms first.
d-row-unknown-warehouse = There is no warehouse “{ $value }”; write its code or its name as the stock page shows them.
d-row-foreign-warehouse = This warehouse belongs to another seller; name one of your own or of the operator.
d-row-price-set-by-shop = The shop sells this and sets its price; leave the price out.
d-row-no-supply-price = No supply price is agreed for this variant yet.
d-row-wrong-shipper = By the terms somebody else ships; name a warehouse of whoever does.
d-row-price-missing = A variant that is not on sale yet needs a price.
d-row-price-decimals = “{ $value }” has more decimals than { $currency } knows; write { $decimals ->
    [0] it without decimals
    [one] one at most
   *[other] { $decimals } at most
}.
d-row-price-positive = Write a price above zero.
d-row-quantity-range = Write a whole number of pieces from 0 to { $most }.
d-row-stock-held = Fewer pieces than are reserved for orders; ship or cancel those first.
d-row-unforeseen = The row was refused ({ $problem }): { $said }
d-does-published = { $n ->
    [one] One known product or offer goes on sale.
   *[other] { $n } known products or offers go on sale.
}
d-does-unpublished = { $n ->
    [one] One known product or offer goes off sale.
   *[other] { $n } known products or offers go off sale.
}
d-does-renamed = { $n ->
    [one] One known product gets another title.
   *[other] { $n } known products get other titles.
}
d-does-repriced = { $n ->
    [one] One price changes.
   *[other] { $n } prices change.
}
d-does-repriced-much = { $n ->
    [one] One price changes by more than half.
   *[other] { $n } prices change by more than half.
}
d-does-emptied = { $n ->
    [one] The stock of one variant goes to 0.
   *[other] The stock of { $n } variants goes to 0.
}
d-does-new-active = { $n ->
    [one] One new product is on sale at once.
   *[other] { $n } new products are on sale at once.
}
d-does-new-drafts = { $n ->
    [one] One new product is a draft: nobody sees it until you put it on sale.
   *[other] { $n } new products are drafts: nobody sees them until you put them on sale.
}
d-does-uncounted = { $n ->
    [one] One variant is not tracked where the file comes from
   *[other] { $n } variants are not tracked where the file comes from
}: no pieces are taken from the file. To sell them, say how many pieces to put on hand, or count them on the stock page.
d-does-uncounted-set = { $n ->
    [one] One variant is not tracked where the file comes from; it gets { $pieces } pieces.
   *[other] { $n } variants are not tracked where the file comes from; each gets { $pieces } pieces.
}
d-does-oversold = { $n ->
    [one] One variant is sold without stock where the file comes from
   *[other] { $n } variants are sold without stock where the file comes from
}; here nothing is sold that is not there. Say how many pieces to put on hand, or count them on the stock page.
d-does-oversold-set = { $n ->
    [one] One variant is sold without stock where the file comes from; it gets { $pieces } pieces.
   *[other] { $n } variants are sold without stock where the file comes from; each gets { $pieces } pieces.
}
d-does-unpriced = { $n ->
    [one] One variant has no price here and none in the file; it is not sold until it has one.
   *[other] { $n } variants have no price here and none in the file; they are not sold until they have one.
}
d-does-no-goods = { $n ->
    [one] One row is no goods that travel (a gift card, or no shipping needed) and is left out.
   *[other] { $n } rows are no goods that travel (gift cards, or no shipping needed) and are left out.
}
d-does-left-out = { $n ->
    [one] One cell is left out while the rest of its row is taken.
   *[other] { $n } cells are left out while the rest of their rows is taken.
}
d-note-published = goes on sale
d-note-unpublished = goes off sale
d-note-renamed = “{ $before }” becomes “{ $after }”
d-note-repriced = { $before } becomes { $after }
d-note-emptied = { $before } pieces become 0
d-note-left-out = { $column }: { $reason }
d-numbers-prices = Prices
d-numbers-weights = Weights
d-numbers-pieces = Pieces
d-numbers-told = { $group } are read as { $example }: “{ $text }” in line { $line } tells it.
d-numbers-said = { $group } are read as { $example }, as was said.
d-numbers-both = “{ $other }” in line { $line } is written the other way; such rows are wrong.
d-columns-taken = Columns taken: { $names }.
d-file-system = This is a file of { $system }: its columns are read as that system means them.
d-file-encoding = Read as { $encoding }.
d-columns-unknown = Columns not taken, they mean nothing here: { $names }.
