# ショップ。
to-country = お届け先：{ $country }
sold-by = 販売：<b>{ $seller }</b>

home-title = お届けまでの総額
home-description = 世界中の商品を、配送料・関税・税金込みの総額でご案内します。
home-headline = お支払いは、<br>この価格だけ。
home-promise = { $country }への商品代金、配送料、関税、税金を、お支払いの前に計算します。配達時のお支払いはありません。
home-shop-week = 早く届く商品を見る
home-see-how = 計算方法を見る
rail-soon = 早く届く商品
rail-soon-text = すでに{ $country }の近くにあるか、最短ルートで届きます。
rail-far = 1週間待つ価値のあるもの
rail-far-text = 作り手が直接お送りします。関税と税金は価格に含まれています。
rail-new = 新着
rail-new-text = 最近出品された商品を、{ $country }へのお届け総額でご案内します。
home-how-title = お届け総額の内訳
home-how-text = { $product }は{ $country }へのお届けで{ $price }です。すべての内訳と、その根拠となる規則、施行日をご覧いただけます。
home-estimates-link = 概算と保証の違い
home-empty-title = まだ商品がありません
home-empty-text = 最初の商品が登録されると、お届け総額とともにここに表示されます。
home-feature-text = { $country }から発送する、{ $seller }の商品。下の価格がお届けまでのお支払い総額です。
visit-seller = { $seller }の商品をすべて見る
promise-duty = 保証付きのお届け総額は確定価格です。輸入時の追加費用は、注文に記載された販売責任者が負担します。
promise-escrow-title = 届くまで代金をお預かり
promise-escrow = お支払いいただいた代金はお預かりし、配達後に初めて出品者に支払われます。
promise-quote-title = お支払い中は価格を固定
promise-quote = ご注文手続き中は、価格、為替レート、関税規則、在庫を30分間（残りわずかの場合は10分間）確保します。
promise-sellers-title = 販売者を明示
promise-sellers = 在庫の所有者、発送者、法律上の販売者を商品ごとに表示します。

search-title = すべての商品（{ $country }へのお届け総額）
search-results = { $n ->
    [0] 見つかりませんでした（{ $country }へのお届け総額）。
   *[other] { $n }件（{ $country }へのお届け総額）。
}
search-for = 「{ $query }」の検索結果
search-description = { $title }：{ $country }へのお届け総額とお届け予定日。
sort-by = 並べ替え
sort-relevance = 関連度順
sort-door-price = お届け総額の安い順
sort-arrival = お届けの早い順
sort-newest = 新着順
apply = 適用
filters = 絞り込み
remove-filter = この条件を解除
clear-all = すべて解除
facet-price = { $country }へのお届け総額
facet-arrives = お届けまでの日数
facet-category = カテゴリー
facet-from = 発送元
facet-seller = 出品者
up-to-in = 上限（{ $currency }）
at-least-in = 下限（{ $currency }）
price-spread = お届け総額{ $least }～{ $most }の商品の分布
any-time = 指定なし
within-days = { $n ->
   *[other] { $n }日以内
}
any-category = すべて
chip-max = { $amount }以下
chip-min = { $amount }以上
chip-days = { $n }日以内
show-results = 結果を表示
pages = ページ
first-page = 最初のページ
next-page = 次へ
shown-of = { $total }件中{ $n }件
search-empty-title = 「{ $query }」に一致する商品はありません
search-empty-title-filter = 条件に合う商品がありません
search-empty-text = 条件に合う商品で、現在{ $country }に発送できるものはありません。
search-without-filters = 絞り込みなしで検索
search-everything = すべて表示
searches = 検索

product-description = { $title }：{ $country }へのお届け総額{ $price }（配送料、関税、税金込み）。{ $window }にお届け予定。
breadcrumb = パンくずリスト
not-sold-to = { $country }には発送できません
delivery-with-door-price = 配送方法とお届け総額
delivery-not-possible = 利用できません：{ $reason }
delivery-points = { $carrier }、追跡ポイント{ $n }か所
when-it-comes = お届け予定日
when-it-comes-text = { $country }で{ $hours }時間以内に発送し、その後このサービスの日数がかかります。棒グラフは期間内のお届けの分布を示します。
when-it-comes-later = { $supplied }。{ $country }で{ $day }までに発送し、その後このサービスの日数がかかります。棒グラフは期間内のお届けの分布を示します。
likely-by-day = 日別のお届け見込み
likely-share = 100件中{ $n }件
add-to-basket = カートに入れる
few-left = { $n ->
   *[other] 残り{ $n }点
}
sold-out = 在庫切れ
who-marketplace = { $seller }が在庫を所有し、{ $country }から発送する販売責任者です。
who-platform = { $seller }が在庫を所有し、販売し、{ $country }から発送します。
who-fulfilled = { $seller }が在庫を所有する販売責任者です。{ $platform }が梱包し、{ $country }から発送します。
who-does-what = 販売と発送
in-short = 商品情報
fact-weight = 重量（梱包込み）
fact-origin = 原産国
fact-tariff = 税番（HSコード）
fact-customs = 通関情報
fact-barcode = バーコード
fact-brand = ブランド
other-sellers = この商品のすべての出品
how-featured = おすすめの出品の選び方
featured-cheapest = おすすめ：お届け総額が最安
offer-dearer = お届け総額が{ $amount }高い
offer-variant = { $options }
ships-from-label = 発送元
arrives-label = お届け予定
in-view = 表示中
view-offer = 出品を見る
similar = 類似の商品

basket-title = カート
basket-summary = { $n ->
   *[other] { $n }点、{ $country }へのお届け総額
}
keep-shopping = 買い物を続ける
basket-repriced = { $country }へのお届けで再計算しました
change-price = { $title }：お届け総額が{ $before }から{ $after }になりました。
change-lost = { $title }：お届け先に発送できません。カートには残ります。
change-back = { $title }：{ $after }で再び発送できるようになりました。
basket-added = カートに入れました。
from-place = { $place }から
quantity-of = { $product }の数量
remove-product = { $product }を削除
update = 更新
cannot-be-sent = { $country }には発送できません
your-door-price = お届け総額
to-checkout = ご注文手続きへ
basket-note = 価格は、ご注文手続きで住所を入力してから30分間（残りわずかの場合は10分間）固定されます。
nothing-sendable = このカートに{ $country }へ発送できる商品はありません。
basket-empty-title = カートは空です
basket-empty-text = カートに入れた商品は60日間保存され、お届け先の国を変えても残ります。
line-of = { $options }、{ $seller }

checkout = ご注文手続き
checkout-summary = { $parcels ->
   *[other] 荷物{ $parcels }個、お支払いは1回。
}
back-to-basket = カートに戻る
where-it-goes = お届け先
saved-addresses = 保存した住所
another-address = 別の住所
order-address-change = 住所を変更
order-address-title = ご注文のお届け先
order-address-text = まだ何も梱包されていない間は、{ $country }国内の別の住所に変更できます。別の国や地域への変更は、キャンセルして改めてご注文ください。価格、関税、税金はこのお届け先で計算されています。
order-address-keep = そのままにする
use-address = この住所を使う
email-for-updates = お知らせを受け取るメールアドレス
how-it-travels = 配送方法
update-prices = 価格を更新
delivery-from = { $place }からの配送
door-price-of = お届け総額 { $amount }
crosses-border = この荷物は国境を越えます。お名前と電話番号を使って申告され、関税と税金は表示のとおり扱われます。
lost-take-out = 残りの商品の手続きを続けるには、これらをカートから削除してください。
take-out = 削除する
checkout-blocked = カートの商品がすべて発送できるようになると、価格が表示されます。
delivery-changed = 選択した配送方法は利用できなくなりました。もう一度選んでください。
not-sendable-text = カートにお届け先へ発送できない商品があります。先に削除してください。
how-you-pay = お支払い方法
paid-in = お支払い通貨：{ $currency }
card-number = カード番号
sandbox-cards = テストモード：実際の請求はありません。4242 4242 4242 4242 が使えます。
sandbox-more-cards = 結果の異なるカード
card-ok = 承認
card-declined = 拒否
card-no-funds = 残高不足
card-3ds = 銀行が本人確認（3Dセキュア）
card-late = 少し遅れて承認
pay-on-page = カードなど
pay-on-page-detail = 次に開く決済会社のページでお支払いいただきます。このショップがカード番号を知ることはありません。
to-provider = お支払いページへ
to-provider-text = 決済会社のページで{ $amount }をお支払いいただき、その後ここに戻ります。自動的に開かない場合は、ボタンを押してください。
to-provider-go = お支払いページへ進む
pay-amount = { $amount }を支払う
checkout-terms = 販売者は{ $sellers }です。代金は、各荷物が届くまでお預かりします。
problems-to-fix = { $n ->
   *[other] お支払いの前に修正が必要な項目が{ $n }件あります。
}
price-changed = 入力中に、お届け総額が{ $before }から{ $after }に変わりました。ご確認のうえ、よろしければもう一度お支払いください。
quote-expired-text = 価格の固定時間が終わりました。表示は本日の価格です。
held-until = 価格、為替レート、在庫は{ $time }まで確保されています。
payment-declined = 銀行が支払いを承認しませんでした。請求は発生していません。別のカードをお試しください。
payment-insufficient-funds = カードの利用可能額が足りません。請求は発生していません。別のカードをお試しください。
payment-refused = 支払いが承認されませんでした。請求は発生していません。
payment-amount = この金額はこの通貨では支払えません。請求は発生していません。別の通貨でご注文ください。
payment-card-unknown = テストモードでは使えないカード番号です。下の番号のいずれかを使ってください。
payment-card-needed = カード番号を入力してください。
payment-outage = 決済サービスが応答していません。ご注文は保存されています。1分ほどしてからもう一度お試しください。
payment-differs = 決済サービスが、ご注文の金額とは異なる金額を請求しました。自動的に返金されます。お手数ですが、もう一度お支払いください。
bank-asks = 銀行からの確認：ご本人ですか？
bank-asks-text = { $shop }がカードに{ $amount }を請求します。テストモードでは、お客様が銀行の役をします。
approve-payment = 承認
refuse-payment = 拒否

order-number = ご注文 { $number }
order-summary = { $parcels ->
   *[other] 注文日 { $date }。{ $country }へ荷物{ $parcels }個。
}
cancel-order = 注文をキャンセル
ask-cancel-title = この注文をキャンセルしますか？
ask-cancel-text = 商品は発送されず、{ $amount }がお支払い方法に返金されます。キャンセルした注文は元に戻せません。
ask-cancel-yes = 注文をキャンセルする
confirm-received = すべて受け取りました
confirm-received-part = 届いた分を確認
pay-again = この注文を支払う
notice-placed = ありがとうございます。ご注文を承りました。
notice-placed-text = このページのリンクはずっと有効です。保存して、荷物の状況をご確認ください。
notice-unpaid = このご注文はまだ支払われていません。
notice-unpaid-text = 下からお支払いください。未払いのご注文は、最長30分（残りわずかの場合は10分）でキャンセルされます。
notice-pending = お支払いを確認しています。
notice-pending-text = 1分ほどかかることがあります。確認でき次第、このページに表示されます。
notice-failed = お支払いが完了しませんでした。
notice-failed-text = 商品はご注文から30分間（残りわずかの場合は10分間）確保されます。下からもう一度お試しください。
notice-cancelled = このご注文はキャンセルされました。
notice-cancelled-text = お支払い済みの金額は、お支払い方法に返金されます。
notice-held = 税関から確認がありました。
notice-held-text = 荷物が税関で留め置かれています。販売責任者が対応しますので、お客様のお手続きは必要ありません。新しいお届け予定日は下に表示されています。
notice-done = すべて届き、ご注文は完了しました。
order-state-waiting = お支払い待ち
order-state-to-pack = 梱包中
order-state-packed = 梱包済み
order-state-underway = 配送中
order-state-exception = 要確認
order-state-delivered = 配達完了
order-state-completed = 完了
order-state-cancelled = キャンセル
parcel-from = { $product }、{ $country }から
parcel-more = { $n ->
   *[other] { $product }ほか{ $n }点、{ $country }から
}
parcel-arrived = 到着
parcel-cancelled = キャンセル
parcel-lost = 所在不明
parcel-returned = 返送
parcel-follows = 梱包待ち
parcel-follows-text = これらの商品は別の荷物でお届けします。
way-paid = お支払い済み
way-packed = 梱包済み
way-handed-over = 配送会社へ
way-export = 輸出
way-export-held = 輸出通関
way-underway = 国際輸送中
way-underway-land = 陸送中
way-import = 輸入通関
way-import-held = 税関で留め置き
way-last-mile = 国内配送
way-door = お届け先
way-lost = 所在不明
way-returned = 返送
way-international = 国際輸送
way-inside = { $place }域内、通関なし
way-duty-paid = 関税は支払い済み
way-until = { $time }まで
what-happened = 配送の履歴
nothing-yet = まだ情報はありません。荷物が梱包されると、最初の情報が表示されます。
detail-documents-wanted = 税関から書類の提出を求められています。販売責任者が対応します。
detail-signed = 受領のサインがありました。
customs-and-papers = 通関と書類
merchant-of-record = 販売責任者
contents = 内容品
what-you-paid = お支払い内容
what-you-pay = お支払い金額
order-link-hint = このページはリンクで開けます。リンクを保存してください。なくした場合は、注文番号とメールアドレスで再送できます。同じメールアドレスでアカウントを登録しても、このご注文を確認できます。

signed-in-as = { $name }、{ $email }
your-orders = 注文履歴
paid-at-door = お届け総額
older-orders = 以前の注文
no-orders-title = まだご注文はありません
no-orders-text = ご購入の商品が、配送状況とともにここに表示されます。
addresses = 住所
no-addresses = ご注文手続きで保存した住所がここに表示されます。
add-address = 住所を追加
save-address = 住所を保存
you = お客様
demo-sign-ins = デモ用ログイン
demo-sign-ins-text = パスワードは全員共通です。
demo-operator = 運営者
demo-seller = 出品者
demo-buyer = 購入者
no-account-yet = アカウントをお持ちでない方
have-account = アカウントをお持ちの方
register-text = アカウントがあれば、注文と住所をまとめて管理できます。アカウントなしでも購入できます。
sign-in-wrong = メールアドレスまたはパスワードが違います。
forgot-password = パスワードをお忘れですか？
forgot-password-text = アカウントのメールアドレスを入力してください。アカウントがあれば、新しいパスワードを設定するリンクをお送りします。
forgot-send = リンクを送信
forgot-sent-title = メールをご確認ください
forgot-sent-text = このメールアドレスのアカウントがあれば、メールがまもなく届くか、1時間以内にすでに届いています。リンクは1時間以内に1回だけ使えます。届かない場合は、迷惑メールフォルダーを確認するか、別のアドレスで登録していないかご確認ください。
forgot-no-mail = このショップは現在メールを送信していないため、リンクは届きません。ショップの運営者にお問い合わせください。
reset-password = 新しいパスワードの設定
reset-password-text = 以前のパスワードでログイン中の端末は、すべてログアウトされます。
reset-save = 新しいパスワードを保存
reset-over-title = このリンクは無効です
reset-over-text = 使用済みか、1時間以上経過しています。新しいリンクを請求してください。
track-text = 注文番号と、ご注文時のメールアドレスを入力してください。そのアドレスにリンクをお送りします。ログイン中は、ご自身の注文がすぐに開きます。
order-number-hint = EN-7Q4K-2219 のような形式です。
saved = 保存しました。

your-name = お名前
category-of = { $name }

door-price-example = 計算例
door-price-example-goods = 陶器のマグカップ、350 ml
door-price-example-text = 中国から{ $country }に送るマグカップを、本日の規則で計算しています。

info-door-price-title = お届け総額のしくみ
info-door-price-lead = 表示価格が、お届けまでのお支払い総額です。商品代金、国際配送料、関税、税金を含み、お客様の通貨で、お届け予定日とともに表示します。
info-door-price-parts = 5つの内訳と、それぞれの根拠
info-door-price-parts-text =
    商品の税抜価格は出品者が決めます。配送料は、重量と経路に応じた配送会社の料金です。関税は、税番、原産国、価格によって決まります。税金は、お届け先の国が定める課税対象に対する、その国の税です。配送会社や当局が通関手数料を徴収することもあります。
    内訳の各行には、根拠となる規則とその施行日が示されます。内訳の合計は、常に表示価格と一致します。
info-door-price-exchange = 為替レート
info-door-price-exchange-text =
    別の通貨の価格は、その日の基準レートで一度だけ換算し、日付を表示します。ご注文手続きではレートを最長30分間固定します。上乗せはありません。
info-door-price-estimate = 保証と概算
info-door-price-estimate-text =
    根拠となる規則がすべて確認済みの場合、価格は保証されます。代表的な関税率しかわからない場合は、概算であることを表示します。どちらの場合も、お支払いは提示された金額です。ご注文手続きで表示された金額が、そのまま請求されます。
info-door-price-featured = おすすめの出品
info-door-price-featured-text =
    同じ商品を複数の出品者が販売している場合は、お届け総額が最も安いものを先頭に表示します。お金を払ってその位置を得ることはできません。
info-duty-guarantee-title = 関税保証
info-duty-guarantee-lead = 保証付きの価格では、お届け時の追加請求はありません。
info-duty-guarantee-what = 保証の内容
info-duty-guarantee-what-text =
    関税、税金、通関手数料はお支払いの前に計算され、価格に含まれています。税関でそれ以上の金額を求められた場合は、注文に記載された販売責任者が差額を負担します。
info-duty-guarantee-who = 販売と発送
info-duty-guarantee-who-text =
    商品ページには、在庫の所有者、発送者、販売責任者が表示されます。同じ名前がご注文にも記載されます。
    お支払いいただいた代金はお預かりします。荷物が届き、申し立ての期間が終わってから、初めて出品者に支払われます。
info-duty-guarantee-border = 輸入時に納付する税
info-duty-guarantee-border-text =
    一部の関税や税金は、荷物の到着時にしか納付できません。配送会社が表示価格の中から代わりに納付し、そのことが内訳に示されます。
info-returns-title = 返品・返金
info-returns-lead = 梱包されるまではご注文をキャンセルでき、全額が返金されます。
info-returns-before = 梱包される前
info-returns-before-text =
    ご注文を開き、「注文をキャンセル」を押してください。商品代金、配送料、関税、税金がお支払い方法に返金されます。
info-returns-after = 発送された後
info-returns-after-text =
    紛失または返送された荷物は、商品代金、その配送料、関税、税金が返金されます。届いた商品に問題がある場合や届かない場合は、注文ページで商品ごとに、写真を添えてお知らせください。出品者が回答するまで代金はお預かりし、合意できない場合はショップが判断します。理由なしの返品がお住まいの国の法律で認められている場合は、その期限と方法を注文ページに表示します。
info-returns-refund = 返金の方法
info-returns-refund-text =
    返金は、ご注文時の金額で計算され、新しい為替レートや規則は使いません。お支払いに使ったカードに返金されます。
info-selling-title = 出品をはじめる
info-selling-lead = { $shop }で、規則が登録されているすべての国に販売できます。購入者には1つの価格が、出品者にはすべての内訳が見えます。
info-selling-start = はじめ方
info-selling-start-text =
    { $shop }の運営者が、申し込みを承認するか、出品者を招待します。その後、お手持ちの商品ファイルをアップロードします。Shopifyから書き出したファイルはそのまま読み込めます。
    商品ごとに税番と原産国を登録してください。足りない項目は一覧に表示され、揃い次第、海外に販売されます。
info-selling-fees = 料金と手数料
info-selling-fees-text =
    注文が完了すると、商品代金の一部を販売手数料としていただきます。率は契約に記載されています。出品料はありません。手数料は、販売時に注文ごとに確定します。
info-selling-customs = 通関と税金
info-selling-customs-text =
    関税と税金は注文ごとに計算し、取り分けておきます。送り状、追跡番号、税関用の書類は自動で作成されます。
info-about-title = このショップについて
info-about-lead = { $shop }は、越境取引のためのオープンソースのプラットフォームEntrepotで動いています。
info-about-what = Entrepotとは
info-about-what-text =
    アントルポ（entrepôt）とは、各地の品物を受け入れ、保管し、送り出す港のことです。Entrepotはそのような港を動かすプログラムで、ショップ、マーケットプレイス、出品者センター、帳簿が一つになっています。
info-about-open = オープンソース
info-about-open-text =
    このプログラムはMITおよびApache 2.0ライセンスのフリーソフトウェアです。価格の根拠となるすべての規則を、どなたでも読むことができます。
info-accessibility-title = アクセシビリティ
info-accessibility-lead = すべてのページは、キーボード、スクリーンリーダー、大きな文字、ダークモード、スクリプトなしで利用できます。
info-accessibility-what = 取り組み
info-accessibility-what-text =
    ページは、ラベルの付いたわかりやすい部品で作られています。色だけで意味を伝えることはありません。システムの設定に応じて動きを止めます。文字は2倍まで拡大できます。
info-accessibility-tell = ご意見をお寄せください
info-accessibility-tell-text =
    利用できないところがあれば、ページを示してショップの運営者にご連絡ください。
info-privacy-title = プライバシー
info-privacy-lead = 保存する情報、その理由と期間。
info-privacy-cookies = Cookie
info-privacy-cookies-text =
    Cookieには、お届け先、通貨、言語、表示テーマ、カート、ログイン状態、この端末でログインしたことがあるかどうか、フォームの偽造を防ぐトークンを保存します。広告用のCookieや第三者のトラッカーはありません。
info-privacy-data = ご注文
info-privacy-data-text =
    お名前、住所、電話番号は、荷物を届けるために必要なため、出品者、配送会社、税関に提供されます。カード番号がこのショップのデータベースに保存されることはありません。
info-privacy-delete = 削除
info-privacy-delete-text =
    住所はアカウントからいつでも削除できます。「ログインとセキュリティ」では、保存されているすべてのデータのダウンロードや、アカウントの削除ができます。残るものとその理由もそこに示されています。ログイン状態には、それが続く間、ブラウザー名とIPアドレスが記録されます。
imprint-lead = { $shop }の運営責任者と連絡先。
imprint-legal = 法律上の責任者
imprint-contact = 連絡先
imprint-none = ショップの運営者がまだ記入していません。
not-sold-there = このショップはこの国には販売していません。別のお届け先を選んでください。

# アカウントの登録、招待、操作の名義。
register-sent-text = { $email }にメールをお送りしました。リンクは1日以内に1回だけ使えます。届かない場合は、迷惑メールフォルダーをご確認ください。1時間に何通も送るとそれ以上は送信されませんが、最後のメールは有効です。
register-no-mail = このショップは現在メールを送信していないため、リンクは届きません。ショップの運営者が発行できますので、お問い合わせください。アカウントなしでも購入できます。
register-how = このアドレスにリンクをお送りします。リンク先でお名前とパスワードを設定してください。
register-confirm-text = { $email }を確認しました。残りの項目を入力してください。
register-over-text = 使用済みか、1日以上経過しているか、このアドレスのアカウントがすでにあります。ログインするか、新しいリンクを請求してください。
send-again = 再送する
go-on = 次へ
track-send = リンクを送信
track-sent-text = この番号のご注文がこのメールアドレスで行われていれば、リンクをお送りしました。届かない場合は、迷惑メールフォルダーまたは番号をご確認ください。1時間に何通も送るとそれ以上は送信されませんが、最後のリンクは有効です。
track-no-mail = このショップは現在メールを送信していないため、リンクは届きません。アカウントで購入された方はログインしてください。それ以外の方はショップの運営者にお問い合わせください。
track-another = 別の注文を探す
invitation-text = 承諾すると、その名義で操作できるようになります。いつでも抜けられます。それまでは何も変わりません。
invitation-for = 対象
invitation-other = { $email }でログインしています。ログアウトして、招待されたメールアドレスでログインしてください。
invitation-sign-in = ログインして回答
invitation-register = アカウントを登録して承諾
invitation-register-text = { $email }のお名前とパスワードを設定してください。
invitation-over = この招待は無効です
invitation-over-text = 回答済み、取り消し済み、差し替え済みか、7日以上経過しています。招待した人に新しい招待を依頼してください。
invitation-declined = 辞退しました
invitation-declined-text = 何も変わっていません。招待はなくなりました。
keep = そのままにする
acting-text = どの名義で操作するかを選んでください。次回のログインは、最後に使った名義から始まります。
acting-none = 現在は自分の名義で操作しています。招待されると、ここに表示されます。
acting-leave-title = { $name }から抜けますか？
acting-leave-text = ただちに、すべての端末で、その名義の操作ができなくなります。その名義で作成したAPIキーは失効し、送った招待は取り消されます。戻るには、もう一度招待が必要です。
acting-last-owner = あなたは唯一のオーナーです。先に別のオーナーを指定してください。
acting-declined = 辞退しました。何も変わっていません。
acting-over = この招待は回答済み、取り消し済み、変更済み、または期限切れです。
acting-left = 抜けました。
order-link-hint-no-mail = このページはリンクで開けます。このショップは現在メールを送信していないため、リンクを必ず保存してください。
apply-title = 出品の申し込み
apply-text = 事業者の情報と取扱商品をお知らせください。メールで受付のお知らせが届き、その後回答をお送りします。
apply-name = ショップ名
apply-name-hint = 購入者に表示される名前です。
apply-legal-name = 正式名称（法人名）
apply-phone = 電話番号（任意）
apply-website = ウェブサイト（任意）
apply-country = 所在国
apply-currency = 売上金の受取通貨
apply-goods = 販売したい商品
apply-goods-hint = 商品の種類、生産地、保管場所。
apply-how = ショップが承認するまで出品はできません。このフォームでアカウントは作成されません。
apply-send = 申し込む
apply-sent-title = 申し込みを送信しました
apply-sent-text = 受付のお知らせと回答を{ $email }にお送りします。届かない場合は、迷惑メールフォルダーをご確認ください。
apply-sent-no-mail = このショップは現在メールを送信していません。{ $email }には別の方法で回答します。
apply-closed = このショップは現在、出品の申し込みを受け付けていません。出品をご希望の場合は、ショップにご連絡ください。


# 申し立て
claim-object = 問題がある
claim-object-text = どの商品にどんな問題があるかをお知らせください。その間、この荷物の代金はお預かりします。出品者は3日以内に回答します。回答がない場合や同意できない場合は、ショップが判断します。
claim-object-send = 出品者に送る
claim-give-back = 返品する
claim-give-back-text = 理由は必要ありません。この後、返送先が表示されます。商品の到着後に代金が返金されます。この荷物の商品をすべて返品する場合は、配送料も返金されます。
claim-give-back-send = 返品する
claim-right = { $until }まで、理由なしで返品できます（{ $source }）。
claim-right-buyer-pays = 返送料はお客様のご負担です。
claim-right-seller-pays = この法律により、返送料はかからないはずです。返送する前に出品者にお問い合わせください。
claim-which-pieces = どの商品ですか？
claim-of-pieces = { $n ->
   *[other] { $n }点
 }
claim-what-is-wrong = どんな問題ですか？
claim-words = 何がありましたか？
claim-words-optional = 伝えたいこと（任意）
claim-pictures = 写真（{ $n }枚まで）
claim-pictures-hint = JPEG、PNG、WebP、GIF、各20 MBまで。ご自身、出品者、ショップだけが見られます。撮影場所とカメラの情報は削除されます。
claim-less-by = 値引き額（{ $currency }）
claim-back = 注文に戻る
claim-nothing-left = この荷物に申し立てのできる商品はありません。別の申し立てに含まれているか、返金済みです。
claim-of-order = ご注文{ $number }についての申し立て
claim-send-title = 返送してください
claim-send-text = 注文番号{ $number }を書いたメモを荷物に入れてください。
claim-carrier = 配送会社
claim-tracking = 追跡番号
claim-send-done = 発送しました
claim-ask-title = 納得できませんか？
claim-ask-words = ショップに伝えたいこと
claim-ask = ショップに判断を求める
claim-take-back = 申し立てを取り下げる
claim-error-kind-required = 問題の種類を選んでください。
claim-error-words-required = 何があったかを書いてください。
claim-error-pieces-required = どの商品を何点かを入力してください。
claim-error-carrier-required = 配送会社を入力してください。
claim-error-tracking-required = 追跡番号を入力してください。
claim-error-whole-number = 数量は整数で入力してください。
claim-error-not-in-order = この荷物の各商品は1回だけ指定してください。
claim-error-too-long = 長すぎます。
claim-error-too-many-pictures = 写真は6枚までです。
claim-error-picture = 読み取れない写真があります。20 MB以下のJPEG、PNG、WebP、GIFを送ってください。
claim-error-one-line = 値引きは1商品ずつお申し出ください。
claim-error-amount-format = 0より大きく、商品の金額以下の金額を入力してください。
claim-error-too-many-pieces = 数量が多すぎます。一部は別の申し立てに含まれているか、返金済みです。
claim-error-too-many-claims = この荷物についての申し立てが上限に達しました。ショップにご連絡ください。
claim-error-not-disputable = 申し立てができるのは、支払い済みでキャンセルされていないものだけです。
claim-error-not-arrived-yet = 未着の申し立ては、お届け予定の最終日を過ぎてからできます。
claim-error-not-delivered = この荷物はまだ配達されていません。
claim-error-claim-window-over = 期限が過ぎました。ショップにご連絡ください。
claim-error-no-withdrawal = お住まいの国の法律では、理由なしの返品は認められていません。
claim-error-claim-settling = すでに返金の手続き中です。
claim-error-wrong-step = 申し立ての状況が変わりました。もう一度ご確認ください。
confirm-ask-title = すべて届きましたか？
confirm-ask-text = すべて揃っていて問題がない場合にのみ確認してください。お預かりしている{ $amount }が、販売者と配送者に支払われます。
confirm-ask-yes = はい、すべて届きました
confirm-ask-no = いいえ、注文に戻る
amend-asked = { $who }からの変更の提案
amend-asked-text = 承諾しない限り、何も変わりません。{ $until }までにご回答ください。回答がない場合、ご注文はそのままです。
amend-asked-why = 理由
amend-asked-link = 提案を見る
amend-asked-no = いいえ、そのままにする
amend-asked-yes = はい、変更する
amend-asked-yes-more = はい、変更して{ $amount }を支払う
amend-asked-yes-back = はい、変更して{ $amount }の返金を受ける
amend-asked-after = 回答した後は、ご自身で別の変更ができます。
amend-asked-over = その間に梱包されたか変更されたため、この提案は実行できなくなりました。
amend-open = 注文を変更
amend-title = 注文の変更
amend-text = まだ梱包されていないものは変更できます。数量の増減、別の配送方法、カートの商品の追加ができます。購入済みの商品の価格は変わりません。配送料、関税、税金は改めて計算されます。変更の前に金額をご確認いただけます。
amend-does = 変更後のご注文
amend-back = 返金額
amend-held = { $n ->
   *[other] この価格と商品は{ $n }分間確保されます。
}
amend-do = 注文を変更する
amend-do-more = 注文を変更して{ $amount }を支払う
amend-do-back = 注文を変更して{ $amount }の返金を受ける
amend-leave = 注文をそのままにする
amend-waits = { $amount }の支払い待ちの変更があります
amend-waits-text = 支払いが済むまで、ご注文は変わりません。期限までに支払われない場合や、その前に梱包された場合は、そのままです。
amend-pay = 今すぐ支払う
amend-basket = カートの商品を追加
amend-basket-empty = 追加するには、先に商品をカートに入れてからここに戻ってください。
amend-back-to-order = 注文に戻る
amend-due = 変更分のお支払い
amend-due-text = { $until }までに{ $amount }をお支払いください。入金が確認されるとご注文が変更されます。確認されない場合はそのままです。
amend-see = 変更を見る
amend-paying = ご注文の変更のお支払いを処理しています。

# 開店前。
opening-soon = 近日開店
opening-soon-text = このショップはまだ注文を受け付けていません。カートは60日間保存されます。開店後にまたお越しください。
opening-soon-ask = ご質問は
not-selling = 現在ご注文いただけません
not-selling-text = このショップは現在、お支払いの受け付けまたは発送ができません。カートは60日間保存されます。
test-order = テスト注文
test-order-text = ショップは開店していません。ここでの注文はショップ担当者のテストです。支払いとメールを確認したらキャンセルしてください。
test-order-end = 開店前にショップ担当者が行った注文です。キャンセルすると代金が戻り、商品の確保が解除されます。
told-by-seller = 販売者からの連絡
told-by-operator = ショップからの連絡
