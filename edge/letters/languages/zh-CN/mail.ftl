# 信件：写给买家、卖家的所有者和有账户的人。纯文本，不带标记。
mail-open-order = 打开订单
mail-link-hint = 凭此链接无需账户即可打开您的订单，请勿转给他人。
mail-why-buyer = 您收到此邮件，是因为您在 { $shop } 有订单 { $number }。您可以直接回复。
mail-why-seller = 您收到此邮件，是因为您是在 { $shop } 开店的 { $name } 的所有者。
mail-why-person = 您收到此邮件，是因为有人在 { $shop } 填写了您的地址。
mail-arrives = { $window }送达
mail-to = 寄往
mail-tax = 税费
mail-tracking = 运单号
mail-hand-over-by = 最晚交运时间

mail-order-paid-subject = 订单 { $number } 已确认
mail-order-paid-title = 您的订单已确认
mail-order-paid-text = 已付款 { $amount }。这笔钱由我们代管，直到全部送达；包裹寄出时我们会写信告诉您。

mail-order-cancelled-subject = 订单 { $number } 已取消
mail-order-cancelled-title = 您的订单已取消
mail-order-cancelled-text = 货物没有寄出，您也没有为它付款。

mail-order-cancelled-paid-subject = 订单 { $number } 已取消
mail-order-cancelled-paid-title = 您的订单已取消
mail-order-cancelled-paid-text = 货物没有寄出。{ $amount } 将按原支付方式退回；退出时我们会写信告诉您。

mail-order-readdressed-subject = 订单 { $number } 的收货地址已更改
mail-order-readdressed-title = 您的订单将寄往新地址
mail-order-readdressed-text = 您订单的收货地址已被更改，希望是您本人或应您要求所为。如果不是，请在打包之前打开订单改回来。
mail-order-amended-subject = 订单 { $number } 已更改
mail-order-amended-title = 您的订单已更改
mail-order-amended-text = 您的订单已被更改，希望是您本人或应您要求所为。以下是现在将寄出的内容。如果不符合您的意愿，请在打包之前打开订单。
mail-pieces-taken-out-subject = 订单 { $number } 将少寄一些商品
mail-pieces-taken-out-title = 已从您的订单中取出商品
mail-pieces-taken-out-text = 以下商品已从您的订单中取出，希望是您本人或应您要求所为。它们不会寄出，款项将原路退回。
mail-pieces-not-sent-subject = 订单 { $number } 中有商品无法寄出
mail-pieces-not-sent-title = 部分商品无法寄出
mail-pieces-not-sent-text = 以下商品不会寄出，款项将原路退回，您无需任何操作。
mail-why-not-sent = 原因
mail-nothing-left = 该包裹已没有其他商品，运费也一并退回。

mail-order-lapsed-subject = 订单 { $number } 未按时付款
mail-order-lapsed-title = 您的订单未按时付款
mail-order-lapsed-text = 订单已取消，货物重新开放给其他人购买。您没有为它付款。如果仍想购买，请重新下单，届时会看到当日价格。

mail-order-completed-subject = 订单 { $number } 已完成
mail-order-completed-title = 您的订单已完成
mail-order-completed-text = 我们代管的款项已转给出售和运送的各方。订单页面保留着您所付款项的逐项明细。

mail-refunded-subject = 订单 { $number } 退款 { $amount }
mail-refunded-title = 您的退款已发出
mail-refunded-text = 我们已按原支付方式退回 { $amount }。银行入账通常需要几天。

mail-handed-over-subject = 订单 { $number } 的一个包裹已寄出
mail-handed-over-title = 您的包裹已在途中
mail-handed-over-text = { $seller } 已将它交给 { $carrier }。订单页面显示包裹现在的位置。

mail-held-subject = 订单 { $number } 的一个包裹被海关扣留
mail-held-title = 海关正在查验您的包裹
mail-held-text = { $country }海关放行前要先查验，可能需要几天。包裹送达之前，您的付款一直由我们代管。后续进展见订单页面。

mail-delivered-subject = 已送达：请确认订单 { $number }
mail-delivered-title = 您的包裹已送达
mail-delivered-text = 如果东西齐全、没有问题，请在订单页面确认收货，随后卖家收到货款。如有缺少或损坏，请在{ $until }之前在订单页面提出；到时订单会自动完成。

mail-delivered-part-subject = 订单 { $number } 的一个包裹已送达
mail-delivered-part-title = 您的包裹已送达
mail-delivered-part-text = 订单中还有包裹在途中，全部送达后我们再请您确认。如有缺少或损坏，请在订单页面提出。

mail-to-ship-subject = 订单 { $number }：请在{ $until }前交运
mail-to-ship-title = 有新订单待发货
mail-to-ship-text = 订单已付款，寄往{ $country }。请打包、打印面单，并在{ $until }之前交给承运商。
mail-to-ship-button = 在卖家中心打开
mail-not-to-send-subject = 订单 { $number }：需寄商品减少
mail-not-to-send-title = 需打包的商品减少
mail-not-to-send-text = 以下商品已从订单中取出：请勿打包。它们已重新计入您的可售库存。其余商品仍需寄出。
mail-not-to-send-button = 在卖家中心打开
mail-nothing-to-send-subject = 订单 { $number }：无需寄出
mail-nothing-to-send-title = 无需再打包
mail-nothing-to-send-text = 该货件已取消：请勿打包。商品已重新计入您的可售库存。
mail-nothing-to-send-button = 在卖家中心打开
mail-not-to-hand-over-subject = 订单 { $number }：请勿交运
mail-not-to-hand-over-title = 已打包的包裹被召回
mail-not-to-hand-over-text = 该包裹已全额退款：请勿交给承运商。面单已作废，请撕下，并将商品放回货架；库存已计入。
mail-not-to-hand-over-button = 在卖家中心打开

mail-paid-out-subject = { $amount } 正在汇给 { $name }
mail-paid-out-title = 货款已汇出
mail-paid-out-text = { $amount } 正在汇往您的银行账户。余额页面显示它来自哪些订单。
mail-paid-out-button = 打开余额页面
mail-paid-out-amount = 汇款金额
mail-paid-out-to = 收款方

mail-password-reset-subject = 为 { $shop } 设置新密码
mail-password-reset-title = 设置新密码
mail-password-reset-text = 有人为 { $email } 申请新密码。下面的链接一小时内有效，只能使用一次。如果不是您本人申请，无需任何操作，您的密码保持不变。
mail-password-reset-button = 设置新密码
mail-invited-subject = { $name } 邀请您加入 { $shop }
mail-invited-title = { $name } 邀请您
mail-invited-text = { $by } 邀请 { $email } 在 { $shop } 为 { $name } 担任角色。打开链接可查看邀请，并在七天内接受或谢绝。如不处理，一切不变。
mail-invited-button = 查看邀请
mail-registration-subject = 在 { $shop } 开通账户
mail-registration-title = 开通您的账户
mail-registration-text = 有人想用 { $email } 在 { $shop } 开通账户。下面的链接一天内有效，只能使用一次：凭它填写姓名和密码。如果不是您本人，无需任何操作：不打开链接就没有账户。
mail-registration-button = 开通账户
mail-registration-known-subject = 您在 { $shop } 已有账户
mail-registration-known-title = 您已有账户
mail-registration-known-text = 有人（可能是您）想用 { $email } 在 { $shop } 开通账户，而该邮箱已有账户：请直接登录，或在同一页面设置新密码。如果不是您本人，无需任何操作。
mail-registration-known-button = 登录
mail-order-link-subject = 订单 { $number } 的链接
mail-order-link-title = 这是您的订单
mail-order-link-text = 有人（希望是您本人）在 { $shop } 索取订单 { $number } 的链接。此前收到的链接仍有效。

mail-email-change-subject = 请确认您在 { $shop } 的邮箱
mail-email-change-title = 确认新邮箱
mail-email-change-text = 有人希望 { $shop } 的账户使用邮箱 { $email }。如果是您本人，请在一天内点击下面的链接。如果不是，无需任何操作。
mail-email-change-button = 确认邮箱
mail-why-email-change = 您收到此邮件，是因为有人在 { $shop } 的账户中填写了此地址。
mail-security-changed-subject = 您在 { $shop } 的账户：{ $what }
mail-security-changed-title = { $what }
mail-security-changed-text = 账户 { $email } 发生了以上更改。如果是您本人，无需任何操作。如果不是，请立即设置新密码，检查登录，并告知店铺。
mail-security-changed-button = 查看账户
mail-security-password-changed = 密码已更改
mail-security-email-changed = 邮箱已更改
mail-security-totp-added = 已设置验证器应用
mail-security-totp-removed = 已移除验证器应用
mail-security-passkey-added = 已添加通行密钥
mail-security-passkey-removed = 已移除通行密钥
mail-security-recovery-renewed = 已生成新的恢复代码
mail-security-recovery-used = 已使用一个恢复代码
mail-security-factors-reset = 店铺已移除第二重验证
mail-applied-subject = 您在 { $shop } 的入驻申请
mail-applied-title = 已收到您的申请
mail-applied-text = { $shop } 已收到 { $name } 的入驻申请，并将通过邮件答复。如果不是您本人，无需任何操作：没有开通任何内容。
mail-applied-button = 了解如何销售
mail-declined-subject = { $shop } 对 { $name } 入驻申请的答复
mail-declined-title = 您的申请未获通过
mail-declined-text = { $shop } 目前无法接纳 { $name }，原因如下：
mail-declined-button = 了解如何销售
mail-accepted-subject = { $name } 可以在 { $shop } 销售了
mail-accepted-title = 您的申请已通过
mail-accepted-text = { $shop } 接纳 { $name } 入驻。打开链接即可查看给 { $email } 的邀请，并在七天内接受；之后您的卖家中心即开通。
mail-accepted-button = 开通店铺
mail-bank-changed-subject = { $name } 的货款改汇另一账户
mail-bank-changed-title = 银行账户已更改
mail-bank-changed-text = 今后 { $shop } 将把 { $name } 的货款汇入账户 { $account }。如果不是你们所为，请立即登录，恢复正确的账户并修改密码。
mail-bank-changed-button = 查看账户


mail-claim-return-subject = 请在 { $until } 前寄回（订单 { $number }）
mail-claim-return-title = 请寄回商品
mail-claim-return-text = 请将下列商品打包，在 { $until } 前寄往下面的地址，并在订单页填写承运商和运单号。收到后退款。
mail-claim-return-due-subject = 请在 { $until } 前寄回（订单 { $number }）
mail-claim-return-due-title = 该寄回了
mail-claim-return-due-text = 我们还没有收到寄件信息。若到 { $until } 商品仍未寄出并在订单页填写运单号，申请将关闭，订单维持原样。
mail-claim-refused-subject = 卖家已答复（订单 { $number }）
mail-claim-refused-title = 卖家不同意
mail-claim-refused-text = 卖家的说明见订单页。如不接受，请在 { $until } 前在那里请我们裁定；逾期申请关闭。
mail-claim-escalated-subject = 我们正在处理您的申请（订单 { $number }）
mail-claim-escalated-title = 由我们裁定
mail-claim-escalated-text = 您的申请已交给我们，预计在 { $until } 前作出决定；在此之前款项暂不放行。
mail-claim-closed-paid-subject = { $amount } 将退还给您（订单 { $number }）
mail-claim-closed-paid-title = 申请已处理
mail-claim-closed-paid-text = { $amount } 将按原支付方式退回，寄出后另行通知。
mail-claim-closed-withdrawn-subject = 申请已关闭（订单 { $number }）
mail-claim-closed-withdrawn-title = 您已撤回申请
mail-claim-closed-withdrawn-text = 订单照常进行。
mail-claim-closed-dismissed-subject = 申请已关闭（订单 { $number }）
mail-claim-closed-dismissed-title = 申请已关闭
mail-claim-closed-dismissed-text = 不予退款，理由见订单页。
mail-claim-closed-not-returned-subject = 申请已关闭（订单 { $number }）
mail-claim-closed-not-returned-title = 商品未寄回
mail-claim-closed-not-returned-text = 期限内没有收到寄件信息，因此不退款，订单维持原样。
mail-claim-opened-subject = 订单 { $number }：买家提出异议，请在 { $until } 前答复
mail-claim-opened-title = 买家提出异议
mail-claim-opened-text = 请在 { $until } 前答复，逾期由商城裁定。在此期间该货件的款项暂不放行。
mail-claim-opened-button = 在卖家中心打开
mail-claim-withdrawn-goods-subject = 订单 { $number }：买家退货
mail-claim-withdrawn-goods-title = 买家退货
mail-claim-withdrawn-goods-text = 买家依法无理由退货，须在 { $until } 前寄出；寄出后您会看到。
mail-claim-withdrawn-goods-button = 在卖家中心打开
mail-claim-sent-subject = 订单 { $number }：退货在途
mail-claim-sent-title = 退货已寄出
mail-claim-sent-text = 请确认收到，并说明其中哪些可再次销售。若您不确认，款项将于 { $until } 退还买家。
mail-claim-sent-button = 在卖家中心打开
mail-claim-ended-subject = 订单 { $number }：申请已关闭
mail-claim-ended-title = 申请已关闭
mail-claim-ended-text = 退还买家：{ $amount }。经过见卖家中心。
mail-claim-ended-button = 在卖家中心打开
mail-delivery-address = 收货地址
