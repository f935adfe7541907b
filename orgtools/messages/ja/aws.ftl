# AWS が拒否したこととその対処、および組織やアカウントにアクセスできない原因。

## AWS のエラーの対処。コードは aws- に AWS のエラー名を続けたもの。

aws-TooManyRequestsException = { later }
aws-ThrottlingException = { later }
aws-Throttling = { later }
aws-ServiceException = { later }
aws-ServiceFailure = { later }
aws-InternalFailure = { later }
aws-InternalServerError = { later }
aws-ServiceUnavailable = { later }
aws-InternalServerException = { later }
aws-ConcurrentModificationException = { later }
aws-LimitExceededException = { later }
aws-ServerInternalException = { later }
aws-ServiceUnavailableException = { later }
aws-HandshakeNotFoundException = 新しい招待が見えるようになるまで、数秒かかることがあります。orgtools が状態を読み取り、再試行します。
aws-FinalizingOrganizationException = 組織はまだ作成中です。AWS は最大 1 時間待つよう求めています。その後、ステップをもう一度実行してください。
aws-WAIT_PERIOD_ACTIVE = 組織内で作成したアカウントは、作成から 4 日が経過すると移行できます。その後、ステップをもう一度実行してください。
aws-HANDSHAKE_RATE_LIMIT_EXCEEDED = 直近 24 時間に送信できる招待の上限に達しました。最も古い招待から 24 時間が経過したら、ステップをもう一度実行してください。
aws-INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES = 移行先の組織では、すべての機能の有効化が進行中です。移行先のコンソールで、完了させるかキャンセルしてから、ステップをもう一度実行してください。
aws-ORGANIZATION_MEMBERSHIP_CHANGE_RATE_LIMIT_EXCEEDED = このアカウントは組織を変更した回数が多すぎます。AWS は待ち時間を公開していません。明日もう一度試してください。
aws-ServiceQuotaExceededException = AWS が同時に実行できる操作の上限に達しています。いずれかの操作が終わったら、ステップをもう一度実行してください。
aws-ConflictException = AWS は同じ対象に対する操作をすでに実行中です。orgtools がその状態を確認します。操作が終わったら、ステップをもう一度実行してください。
aws-DuplicateResourceException = Account Factory には同じ名前の製品がすでにあります。orgtools がどの製品かを確認します。
aws-ResourceNotFoundException = リソースが見つからなくなりました。orgtools が状態を読み取り直します。
aws-ResourceShareInvitationAlreadyAcceptedException = リソース共有の招待はすでに承諾されています。orgtools が状態を読み取り直します。
aws-DuplicateHandshakeException = 招待はすでに存在します。orgtools がどの招待かを確認します。
aws-HandshakeAlreadyInStateException = ハンドシェイクはすでにその状態です。orgtools が読み取り直します。
aws-InvalidHandshakeTransitionException = このハンドシェイクは終了しています。30_invite を開いてください。もう一度招待できます。
aws-ALREADY_IN_AN_ORGANIZATION = orgtools が、アカウントが所属する組織を確認します。招待した組織に所属していれば、移行済みです。まだ別の組織に所属している場合、AWS は直接移行を認めません。accounts.csv の path に standalone と書いてください。
aws-AccountNotFoundException = アカウントはもうその組織に所属していません。orgtools が状態を読み取り直します。
aws-DuplicateOrganizationalUnitException = 同じ名前の OU がすでに存在します。orgtools がツリーを読み取り直します。それでも見つからない場合は、大文字と小文字の違いを確認してください。
aws-DuplicateAccountException = アカウントはすでにそこにあります。orgtools が状態を読み取り直します。
aws-SourceParentNotFoundException = その間にアカウントが移動されました。ステップをもう一度実行してください。
aws-AWSOrganizationsNotInUseException = 呼び出し元のアカウントはどの組織にも所属していません。メンバーアカウントであれば、スタンドアロンです。招待して承諾してください。
aws-NoSuchEntity = ロールはもう存在しません。orgtools が状態を読み取り直します。
aws-AccountNotRegisteredException = アカウントは委任管理者ではありません。orgtools が状態を読み取り直します。
aws-AccessDeniedException = 呼び出し元にこのアクションを許可するか、拒否しているサービスコントロールポリシー (SCP) がないか確認してから、もう一度実行してください。
aws-AccessDenied = 呼び出し元にこのアクションを許可するか、ロールの信頼ポリシーで呼び出し元を信頼してから、もう一度実行してください。
aws-AccessDeniedForDependencyException = 承諾に使うロールに organizations.amazonaws.com の iam:CreateServiceLinkedRole を許可してから、もう一度実行してください。
aws-ACCESS_DENIED_DURING_CREATE_SERVICE_LINKED_ROLE = { aws-AccessDeniedForDependencyException }
aws-AccountOwnerNotVerifiedException = 移行先の管理アカウントの E メールアドレスを検証してから、もう一度実行してください。
aws-MANAGEMENT_ACCOUNT_EMAIL_NOT_VERIFIED = { aws-AccountOwnerNotVerifiedException }
aws-ExpiredToken = { sign-in-again }
aws-ExpiredTokenException = { sign-in-again }
aws-RequestExpired = { sign-in-again }
aws-InvalidClientTokenId = { sign-in-again }
aws-UnrecognizedClientException = { sign-in-again }
aws-UnsupportedAPIEndpointException = このエンドポイントは、この呼び出しに対応していません。プロファイルのリージョンを修正してください。
aws-ConstraintViolationException = AWS は理由コードを返していません。エラーメッセージに従って対処してから、もう一度実行してください。
aws-HandshakeConstraintViolationException = { aws-ConstraintViolationException }
aws-ACCOUNT_NUMBER_LIMIT_EXCEEDED = 不要な保留中の招待をキャンセルするか、Service Quotas (Organizations) でアカウント数のクォータの引き上げをリクエストしてください。移行先の組織が作成から 1 時間未満の場合は、待ってください。
aws-CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG = 現在の組織でアカウントの委任管理者の登録を解除してから、10_assess をもう一度実行してください。
aws-PAYMENT_INSTRUMENT_REQUIRED = AWS が示したアカウントに有効な支払い方法を追加してから、もう一度実行してください。
aws-MEMBER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED = メンバーアカウントにルートユーザーとしてサインインし、支払い方法を追加してから、もう一度実行してください。
aws-MASTER_ACCOUNT_PAYMENT_INSTRUMENT_REQUIRED = 管理アカウントに支払い方法を追加してから、もう一度実行してください。
aws-INVALID_PAYMENT_INSTRUMENT = アカウントの支払い方法を変更してから、もう一度実行してください。
aws-ACCOUNT_CANNOT_LEAVE_WITHOUT_EULA = メンバーアカウントにルートユーザーとしてサインインし、カスタマーアグリーメントに同意してから、もう一度実行してください。
aws-ACCOUNT_CANNOT_LEAVE_WITHOUT_PHONE_VERIFICATION = メンバーアカウントにルートユーザーとしてサインインし、電話番号を検証してから、もう一度実行してください。
aws-MASTER_ACCOUNT_ADDRESS_DOES_NOT_MATCH_MARKETPLACE = 管理アカウントの住所は、マーケットプレイスと同じ国でなければなりません。住所を修正してから、もう一度実行してください。
aws-MASTER_ACCOUNT_MISSING_CONTACT_INFO = 管理アカウントの連絡先情報を入力し、電話番号を検証してから、もう一度実行してください。
aws-MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED = 管理アカウントに対応する AWS GovCloud (US) アカウントを作成してから、もう一度実行してください。
aws-MASTER_ACCOUNT_MISSING_BUSINESS_LICENSE = 管理アカウントに営業許可証を追加してから (中国)、もう一度実行してください。
aws-UnmodifiableEntity = AWS はこのロールの変更を認めていません。[access] に別のロールを指定してください。
aws-LimitExceeded = 信頼ポリシーが IAM の上限を超えます。アカウント内で短くしてください。
aws-TAG_POLICY_VIOLATION = 移行先のタグポリシーに合うように、accounts.csv のタグを修正してください。
aws-MAX_TAG_LIMIT_EXCEEDED = accounts.csv のタグを減らしてください。AWS が 1 つのアカウントに認めるタグは 50 個です。
aws-ORGANIZATION_NOT_IN_ALL_FEATURES_MODE = 先に、組織ですべての機能を有効にしてください。
aws-DestinationParentNotFoundException = 移動先の OU はもう存在しません。accounts.csv を修正し、もう一度プレビューしてください。
aws-OU_NUMBER_LIMIT_EXCEEDED = 移行先の組織は OU 数のクォータに達しました。不要な OU を削除してから、もう一度実行してください。
aws-OU_DEPTH_LIMIT_EXCEEDED = AWS が認める OU の階層は 5 つまでです。[place] の replicate_below に、もっとルートに近い OU を指定してください。
aws-ParentNotFoundException = この OU はもう存在しません。もう一度プレビューしてください。
aws-ChildNotFoundException = このアカウントまたは OU はもう存在しません。もう一度プレビューしてください。
aws-TargetNotFoundException = { aws-ChildNotFoundException }
aws-PolicyNotFoundException = このポリシーはもう存在しません。もう一度評価してください。
aws-ACCOUNT_CREATION_NOT_COMPLETE = アカウントの設定を完了し、アクティブになるまで待ってください。その後、もう一度実行してください。
aws-UNSUPPORTED_PRICING = { ask-support }
aws-UNMET_BILLING_PREREQUISITE = { ask-support }
aws-PAST_DUE_INVOICE = 組織の支払い期限が過ぎた請求書を支払ってから、もう一度実行してください。
aws-UNUSED_PREPAYMENT_BALANCE = 組織の前払い残高を使い切るか払い戻しを受けてから、もう一度実行してください。
aws-LEGACY_PERMISSIONS_STILL_IN_USE = 組織のポリシーを、以前の請求アクセス許可からきめ細かいアクセス許可に移行してから、もう一度実行してください。
aws-TARGET_ACCOUNT_VALIDATION_FAILURE = { ask-support }
aws-ResourceShareInvitationAlreadyRejectedException = リソース共有の所有者に、もう一度このアカウントと共有するよう依頼してから、ステップをもう一度実行してください。
aws-ResourceShareInvitationArnNotFoundException = { aws-ResourceShareInvitationAlreadyRejectedException }
aws-ResourceShareInvitationExpiredException = { aws-ResourceShareInvitationAlreadyRejectedException }
aws-OperationNotPermittedException = AWS RAM がこの操作を認めていません。エラーメッセージに従って対処してください。
aws-InvalidParametersException = Account Factory がパラメータを拒否しました。エラーメッセージに従って対処してください。
aws-MasterCannotLeaveOrganizationException = 管理アカウントは移行できません。accounts.csv から削除してください。
aws-ACCOUNT_CANNOT_LEAVE_ORGANIZATION = 管理アカウントは組織から離脱できません。accounts.csv から削除してください。
aws-ORGANIZATION_FROM_DIFFERENT_SELLER_OF_RECORD = 2 つの組織は登録販売者 (SOR) が異なります。アカウントを accounts.csv から削除し、AWS サポートに問い合わせてください。
aws-SOURCE_AND_TARGET_CANNOT_MATCH = 招待の送信者と受信者が同じアカウントです。accounts.csv から削除してください。
aws-InvalidInputException = AWS が呼び出しのパラメータを拒否しました。AWS が示した点を修正してから、もう一度実行してください。
aws-IdempotentParameterMismatchException = { aws-InvalidInputException }
aws-InvalidClientTokenException = { aws-InvalidInputException }
aws-MalformedArnException = { aws-InvalidInputException }
aws-MalformedPolicyDocument = 信頼ポリシーに、もう存在しないプリンシパルが含まれている可能性があります。アカウント内で信頼ポリシーを修正してください。
aws-ValidationException = { aws-InvalidInputException }

## 複数のエラーに共通する対処。

later = 対処は不要です。呼び出しが成功したかどうかを orgtools が AWS で確認し、時間を置いて再試行します。
ask-support = 台帳にあるリクエスト ID を添えて、AWS サポートに問い合わせてください。
sign-in-again = 認証情報が正しくないか、有効期限が切れています。サインインし直してから、もう一度実行してください。
reason-unknown = AWS が返した理由は { $reason } です。その理由に従って対処してから、もう一度実行してください。
error-unknown = orgtools はこのエラーを知りません。{ ask-support }
correct-what-is-named = 示された点を修正してから、もう一度実行してください。
cost-tags-partly = ほかのタグの処理は完了しています。移行先の請求コンソールでこれらのタグを確認し、ステップをもう一度実行してください。
look-again = その後、もう一度確認してください。
look-later = 何も変更していません。数分後にもう一度実行してください。
preview-again = その後、もう一度プレビューしてください。
grant = { $whom ->
        [role] ロール
        [role-in-account] アカウント内のロール
        [caller-in-source] 移行元の呼び出し元
        [caller-in-destination] 移行先の呼び出し元
       *[caller] 呼び出し元
    }に { $action } を許可してください (テンプレート { $template })。
grant-on = { $whom ->
        [role] ロール
        [role-in-account] アカウント内のロール
        [caller-in-source] 移行元の呼び出し元
        [caller-in-destination] 移行先の呼び出し元
       *[caller] 呼び出し元
    }に { $role } に対する { $action } を許可してください (テンプレート { $template })。
or-denied-by-policy = すでに許可されている場合は、拒否しているサービスコントロールポリシー (SCP) がないか確認してください。その後、もう一度実行してください。
account-service-is-trusted = 組織で account.amazonaws.com への信頼されたアクセスも有効にする必要があります。
grant-assume-role = 呼び出し元に、このロールに対する sts:AssumeRole を許可してください。

## AWS の応答の代わりに届いたもの。

refused-without-words = { $reason } (エラーメッセージなし)
    .next = { $then }
no-answer = AWS から応答がありませんでした ({ $reason })
    .next = { $then }
answer-not-of-aws = { $reason }: AWS の応答の代わりに、{ $why }
    .next = { $then }
answer-is-page = { $reason }: AWS の応答の代わりに Web ページが返されました
    .next = { $then }
page-came = Web ページが返されました (HTTP { $http })
no-json-came = JSON ではないテキストが返されました (HTTP { $http })
unreadable-came = 読み取れない応答が返されました (HTTP { $http })
answer-lacks = AWS の応答が不完全です。{ $kind } に { $key } がありません
    .next = もう一度実行してください。再び起きる場合は、プロキシが応答を書き換えていないかを確認するか、AWS サポートに問い合わせてください。
answer-odd = AWS の応答を読み取れません。{ $kind } の { $key } の型が AWS の仕様と異なります
    .next = もう一度実行してください。再び起きる場合は、プロキシが応答を書き換えていないかを確認するか、AWS サポートに問い合わせてください。
first-try-unanswered = { $operation } の最初の試行に有効な応答がありませんでした。反映されたかどうかは orgtools が AWS で確認します
proxy-may-answer = 代わりにプロキシが応答している可能性があります。プロキシを確認するか、NO_PROXY に { $host } を指定してください。
network = { $whys }。
variable-set = { $variable } には { $host } が設定されています
variable-not-set = { $variable } は設定されていません

## 読み取りだけの呼び出し。

the-caller = { $caller ->
    [client] クライアントの呼び出し元
   *[other] { $caller }
}
side-refused = { side-mark }{ the-caller } は { $action } を呼び出せませんでした。AWS の応答: { $why }。
    .next = { $then }
member-refused = { the-account }: { the-caller } は { $action } を呼び出せませんでした。AWS の応答: { $why }。
    .next = { $then }
look-refused = { $action } を呼び出せませんでした。AWS の応答: { $why }。
    .next = { $then }
look-refused-in = { $region } で { $action } を呼び出せませんでした。AWS の応答: { $why }。
    .next = { $then }
look-overdue = { $action } の応答がないまま、評価の制限時間 ({ $span }) が過ぎました。
    .next = { looking-overdue.next }
looking-overdue = 評価の制限時間 ({ $span }) が過ぎました。
    .next = アカウントをもう一度評価するか、migration.toml の [assess] seconds を増やしてください。
grant-and-assess = { $why }に { $action } を許可し、もう一度評価してください。
eyes-of-caller = 呼び出し元
eyes-of-side = { side-name }の呼び出し元 (テンプレート { $template })
eyes-of-role = アカウント内のロール { $role } (テンプレート assess-member)
eyes-of-permission-set = アカウント内のアクセス許可セット { $permission_set } (テンプレート assess-member)
region-may-be-off = アカウントで { $region } が無効になっている場合は、migration.toml の [assess] regions から削除してください。
assess-or-look = もう一度評価してください。変わらない場合は、手動で確認してください ({ $action })。
entry-unknown = { $then }{ $then_next }
account-quota-not-listed = [{ $side }] Service Quotas にアカウント数のクォータがありません。
    .next = Service Quotas コンソールで確認し、migration.toml の [quotas] accounts に設定してください。
identity-center-missing = [destination] 認証情報のリージョンに Identity Center のインスタンスがありません。
    .next = そのリージョンで有効にするか、プロファイルの region をインスタンスがあるリージョンに設定してください。その後、もう一度プレビューしてください。
identity-center-elsewhere = [destination] Identity Center のプライマリリージョンは { $regions } です。{ $region } では何も割り当てられません。
    .next = プロファイルの region を { $regions } に設定してください。その後、もう一度プレビューしてください。
source-is-not-ours = 移行元の組織は読み取っていません。migration.toml に [source] がないため、この移行には移行元の認証情報がありません。
    .next = 移行元の所有者に確認してください。自分の組織である場合は、新しい移行の [source] に認証情報を指定してください。
expires-at = 有効期限は { $at } です
expires-sometime = AWS は有効期限を返していません
config-recorder = { $region } に AWS Config の設定レコーダー { $name } があります
config-delivery-channel = { $region } に AWS Config の配信チャネル { $name } があります
config-aggregation = { $region } に、アカウント { $account } に対する AWS Config の集約の認可があります
role-is-missing = ロール { $role } がありません
accounts-read = [{ $side }] これまでに { $count } 件のアカウントを読み取りました。大きな組織では、AWS が公開しているレートで数分かかります。
accounts-read-of = [{ $side }] 約 { $total } 件のアカウントのうち、これまでに { $count } 件を読み取りました。
units-read = [{ $side }] これまでに { $count } 件の組織単位を読み取りました。
pace-waits = { $operation } は、順番が来るまで { $count } 秒待ちます。AWS が公開しているレートでは、これ以上呼び出せません。
pace-not-written = 呼び出しのペースを保持する { $path } に書き込めません: { $words }。
    .next = ディスクに空きがあるか、フォルダが読み取り専用になっていないかを確認してください。環境変数 TMPDIR で別のフォルダを指定できます。その後、もう一度実行してください。
client-of-another-service = クライアントは { $service } 用ではなく { $services } 用です。
    .next = クライアントの代わりにプロファイルを渡してください。
client-not-for-organizations = client は organizations の boto3 クライアントではありません。
    .next = boto3.client("organizations") またはプロファイルを渡してください。

## 移行元または移行先の認証情報。$side は migration.toml の表 source、destination、access のほか、"arguments" のことがあります:
## orgtools invite、accept、handshakes のオプションです。

side-mark = { $side ->
    [arguments] { "" }
   *[other] [{ $side }]{ " " }
}
argument-role-arn-wrong = role_arn={ $given } は IAM ロールの ARN ではありません
argument-profile-wrong = profile={ $given } はプロファイルの名前ではありません
argument-secret-wrong = secret は Secrets Manager のシークレットの名前でも ARN でもありません
argument-empty = { $key } が空です。
    .next = 値を指定するか、省略してください。何も変更していません。
argument-not-text = { $key }={ $given } はテキストではありません。
    .next = 文字列を指定してください。何も変更していません。

side-in-no-organization = { side-mark }呼び出し元のアカウント { $account } はどの組織にも所属していません。
    .next = 組織の管理アカウントの認証情報を指定してください。
side-caller-in-no-organization = { side-mark }呼び出し元のアカウントはどの組織にも所属していません。
    .next = { side-in-no-organization.next }
side-of-a-member = { side-mark }認証情報は、{ $organization } のメンバーアカウント { $account } のものです。管理アカウントは { $management_account } です。
    .next = 管理アカウントの認証情報を指定してください。
credentials-not-accepted = { side-mark }プロファイル { $profile }: AWS が認証情報を受け付けません。AWS の応答: { $why }。
    .next = 認証情報がないか、正しくないか、有効期限が切れています。サインインし直してから、もう一度実行してください。
credentials-of-nobody = { side-mark }AWS は、この認証情報が誰のものかを返しません。
    .next = AWS の代わりに応答しているものを調べてください (プロキシ、endpoint_url、AWS_ENDPOINT_URL)。
credentials-not-refreshed = { side-mark }アカウント { $account }: AWS が認証情報を発行しません。AWS の応答: { $why }。
    .next = サインインし直してから、もう一度実行してください。
side-no-credentials = { $side ->
    [arguments] 認証情報が見つかりません。
   *[other] [{ $side }] 認証情報がありません。
}
    .next = プロファイル { $profile } でサインインするか、AWS_CONFIG_FILE を設定してください。
side-not-given-credentials = { side-mark }プロファイル { $profile }: AWS が認証情報を発行しません。AWS の応答: { $why }。
    .next = AWS が示した点を修正してから、もう一度実行してください。
side-role-not-assumed = { $side ->
    [arguments] role_arn={ $arn }: ロールを引き受けられません。
   *[other] [{ $side }] { $arn } を引き受けられません。
}AWS の応答: { $why }。
    .next = ロールが存在し、その信頼ポリシーに呼び出し元が含まれていることを確認してください。
secret-not-read = { $side ->
    [arguments] secret={ $name }: シークレットを読み取れません。
   *[other] [{ $side }] シークレット { $name } を読み取れません。
}AWS の応答: { $why }。
    .next = 名前とリージョンを確認し、プロファイルに secretsmanager:GetSecretValue を許可してください。
secret-is-wrong = { side-mark }シークレット { $name } の内容が想定と異なります。
    .next = access_key_id と secret_access_key (一時的な認証情報の場合は session_token も) を含む JSON オブジェクトを保存してください。
secret-is-binary = { side-mark }シークレット { $name } の内容が想定と異なります。バイナリのシークレットです。
    .next = { secret-is-wrong.next }
profile-misnamed = { $side ->
    [arguments] profile={ $profile }: { $path } ではセクションが [{ $profile }] と書かれています。
   *[other] [{ $side }] プロファイル { $profile } が指定されていますが、{ $path } ではセクションが [{ $profile }] と書かれています。
}
    .next = [profile { $profile }] と書いてください。
profile-missing = { $side ->
    [arguments] profile={ $profile }: { $path } にこのプロファイルはありません。
   *[other] [{ $side }] プロファイル { $profile } が指定されていますが、{ $path } にはありません。
}
    .next = 名前を修正するか、そのプロファイルを含むファイルを AWS_CONFIG_FILE に指定してください。

## AWS が認証情報を判定する前に、アクセスできなくなる原因。

# エラーの種類と、その文
said = { $reason }: { $words }
said-nothing = { $reason }
side-not-entered = { side-mark }プロファイル { $profile }: { $why } ({ $finding })。
    .next = { $why_next }{ $then }
entering-not-aws = { $host } の代わりに応答しているものは AWS ではありません。Web ページなどが返されています
    .next = 代わりにプロキシが応答している可能性があります。プロキシを確認するか、NO_PROXY に { $host } を指定してください。
entering-proxy-silent = プロキシ { $host } が応答しません
    .next = プロキシのアドレスを確認してください。
entering-certificate = { $host } の証明書は、このマシンでは信頼されていません
    .next = { profile-ca-bundle.next }
entering-no-answer = { $host } から応答がありませんでした
    .next = このマシンと { $host } の間のネットワークを確認してください。
profile-keys-partial = プロファイルのキーの一部が欠けています
    .next = { $path } のプロファイルを修正してください。
profile-region-wrong = 設定 region がリージョンコードではありません
    .next = { profile-keys-partial.next }
profile-region-missing = 設定 region がありません
    .next = { profile-keys-partial.next }
profile-names-missing = プロファイルが、存在しないものを参照しています
    .next = { profile-keys-partial.next }
profile-refused = botocore がプロファイルを拒否しました
    .next = { profile-keys-partial.next }
profile-setting-wrong = botocore が、プロファイルの設定の 1 つを使用できません
    .next = { profile-keys-partial.next }
profile-endpoint-wrong = 設定 endpoint_url が https:// で始まるアドレスではありません
    .next = { profile-keys-partial.next }
profile-file-unreadable = AWS の設定ファイルを読み取れません
    .next = { $path } を修正してください。
profile-mfa-session-over = プロファイルは MFA コードを要求しますが、そのセッションは終了しています
    .next = { profile-no-credentials.next }
profile-login-over = プロファイルはログインしていないか、ログインの有効期限が切れています
    .next = { profile-no-credentials.next }
profile-no-credentials = プロファイルに認証情報がありません
    .next = そのプロファイルでサインインし直してから、もう一度実行してください。
profile-process-fails = プロファイルの認証情報を取得するプログラムが失敗します
    .next = credential_process を手動で実行し、{ $path } のプロファイルを修正してください。
profile-process-wrong = credential_process のプログラムを起動できないか、プログラムが JSON を出力しません
    .next = 手動で実行し、{ $path } の credential_process を修正してください。
profile-asks-for-mfa = プロファイルは MFA コードを要求しますが (mfa_serial)、入力できるターミナルがありません
    .next = MFA コードを入力できるプログラムで先にサインインし、そのセッションを使うプロファイルを指定してください。
profile-ca-bundle = AWS_CA_BUNDLE が、証明書のないファイルを指している可能性があります
    .next = プロキシが TLS を検査している場合は、その証明書を含むファイルを AWS_CA_BUNDLE に設定してください。すでに設定している場合は、内容を確認してください。
clock-differs = このマシンの時計が AWS の時計とずれています
    .next = 時計を合わせてから (NTP)、もう一度実行してください。
clock-differs-by = このマシンの時計が AWS の時計と { $span }ずれています
    .next = { clock-differs.next }
keys-of-another-partition = AWS はこのキーを認識しません。プロファイルにリージョンがないため、us-east-1 に問い合わせました
    .next = AWS GovCloud (US) または中国のキーである場合は、プロファイルの region に us-gov-west-1 や cn-north-1 などを設定してください。それ以外の場合は、サインインし直してください。
sts-disabled = リージョン { $region } で STS が無効になっているか、リージョン自体が無効です
    .next = IAM の「アカウント設定」で有効にするか、プロファイルに別のリージョンを設定してください。

## メンバーアカウントにアクセスできない原因。

role-not-answered = アカウント { $account } にアクセスできません。{ $arn } に対する sts:AssumeRole に AWS が応答しませんでした ({ $why })。
    .next = { $why_next }
role-not-assumed = アカウント { $account } にアクセスできません。{ $caller } による { $arn } への sts:AssumeRole を AWS が拒否しました ({ $reason })。
    .next = アカウント内の { $role } でアカウント { $accounts } を信頼するか、migration.toml の [access] に別のロールを指定してください。すでに信頼している場合: { $then }
session-of-another = アカウント { $account } にアクセスできません。{ $arn } のセッションを AWS に要求しましたが、{ $arns } のセッションが返されました。このセッションは使用しません。
    .next = AWS の代わりに応答しているものを調べてください (プロキシ、endpoint_url、AWS_ENDPOINT_URL)。その後、もう一度実行してください。
session-of-nobody = アカウント { $account } にアクセスできません。{ $arn } のセッションを AWS に要求しましたが、アカウントを特定できないセッションが返されました。このセッションは使用しません。
    .next = { session-of-another.next }
portal-not-answered = アカウント { $account } にアクセスできません。IAM Identity Center が応答しませんでした ({ $why })。
    .next = { $why_next }
portal-no-session = アカウント { $account } にアクセスできません。IAM Identity Center がアクセス許可セット { $permission_set } のセッションを発行しません ({ $reason })。
    .next = サインインしたユーザーにこのアカウントの { $permission_set } を割り当てるか、migration.toml の [access] で別のアクセス方法を選択してください。
portal-session-unknown = アカウント { $account } にアクセスできません。IAM Identity Center が発行したセッションが誰のものかを AWS が返しません ({ $reason })。
    .next = もう一度実行してください。
login-profile-missing = [access] にプロファイル { $profile } が指定されていますが、AWS の設定ファイルにはありません。
    .next = migration.toml の identity_center を修正するか、aws configure sso でプロファイルを作成してください。
login-profile-wrong = プロファイル { $profile } は IAM Identity Center のログイン用ではありません。{ $keys } がありません。
    .next = aws configure sso --profile { $profile } を実行してください。
signed-out = IAM Identity Center、プロファイル { $profile }: { $why }。
    .next = aws sso login --profile { $profile } を実行してから、もう一度実行してください。
login-not-accepted = AWS がこのログインを受け付けなくなりました
login-missing = 誰もサインインしていません
login-unreadable = キャッシュされたログインを読み取れません
login-expired = ログインの有効期限が { $at } に切れました

permission-set-without-session = IAM Identity Center がこのアクセス許可セットのセッションを発行しません ({ $reason })。
    .next = サインインしたユーザーに、アカウント (sso_account_id) のアクセス許可セット (sso_role_name) を割り当ててください。または、{ $path } のプロファイルを修正してください。
