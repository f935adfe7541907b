# 移行前チェック。それぞれ、何を確認するか、.name に短い名前、.next に検出結果への対応を書きます。
# fine-... は、何も検出されなかったことを表します。チェックの検出結果は、その下に項目別に書きます。

# 移行の条件
check-E1 = アカウントが ACTIVE であること
    .name = 状態
    .next = AWS サポートに依頼してアカウントを再開するか、accounts.csv から削除してください。
check-E2 = アカウントの作成から 4 日以上経っていること
    .name = アカウント作成からの日数
    .next = その日時までお待ちください。組織内で作成されたアカウントは、作成の 4 日後から移行できます。
check-E2-member = アカウントの作成から 4 日以上経っていること (アカウントの応答による)
    .name = アカウントの応答による作成からの日数
    .next = { check-E2.next }
check-E4 = アカウントが管理アカウントではないこと
    .name = 管理アカウント
    .next = accounts.csv から削除してください。管理アカウントを移行できるのは、その組織を削除した後だけです。
check-E5 = アカウントが移行元に所属しているか、スタンドアロンであるか、すでに移行先に所属していること
    .name = 現在の組織
    .next = アカウントがどの組織に所属しているかを確認してください。移行元に戻る予定がなければ、accounts.csv から削除してください。
check-E6 = アカウントと移行先のパーティションと登録販売者が同じであること
    .name = 登録販売者
    .next = 先に登録販売者を変更するよう、AWS サポートに依頼してください。アカウントを移行できるのは、パーティションと登録販売者が同じ組織の間だけです。
check-E6-seller = 両方の組織の登録販売者が同じであること
    .name = 登録販売者 (回答)
    .next = 進め方を AWS に相談してください。登録販売者が異なる組織の間では、招待によってアカウントを移行できません。
check-E7 = アカウントが委任管理者ではないこと
    .name = 委任管理者
    .next = 移行元で、すべてのサービスについて委任管理者の登録を解除してから (DeregisterDelegatedAdministrator)、もう一度評価してください。

# クォータと招待
check-E3 = 移行先の作成から 7 日以上経っていること
    .name = 移行先の作成からの日数
    .next = その日時までお待ちください。組織は、作成の 7 日後から、ほかの組織のメンバーを招待できます。
check-E8 = 移行先のアカウント数のクォータに空きがあること
    .name = アカウント数のクォータ
    .next = Service Quotas (Organizations) でクォータの引き上げをリクエストするか、不要な保留中の招待をキャンセルしてください。
check-E8-services = 移行先のサービスに、アカウントを受け入れる空きがあること
    .name = 移行先のサービスの上限
    .next = サービスの上限の引き上げをリクエストするか、移行するアカウントを減らしてください。Control Tower が管理する 1 つの OU に配置するアカウントは、1,000 件までにしてください。1,000 件を超えるアカウントは、数週間に分けて移行してください。
fine-E8-services = 移行先のすべてのサービスに、計画したアカウントを受け入れる空きがあります
check-E9 = 移行先の 24 時間の招待クォータに空きがあること
    .name = 24 時間の招待クォータ
    .next = 残りは後で送信してください。orgtools は、AWS が受け付けるようになるまで送信を控えます。
check-E10 = 移行先からの保留中の招待がないこと
    .name = 移行先からの保留中の招待
    .next = 対応は不要です。30_invite はこの招待を使用します。
check-E11 = ほかの組織からの保留中の招待がないこと
    .name = ほかの組織からの招待
    .next = 送信元に確認してください。心当たりのない招待であれば、アカウントで拒否してください。orgtools がこの招待を承諾または拒否することはありません。
fine-E11 = ほかの組織からの保留中の招待はありません
check-E12 = 移行先ですべての機能が有効であること
    .name = すべての機能
    .next = できれば、先に移行先ですべての機能の有効化を完了してください。AWS のドキュメントの記載は矛盾しています。2 つのページでは有効化の途中でも招待できるとされていますが、API の理由コード INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES によると招待できません。まず 1 アカウントだけ招待してみてください。
check-E13 = 移行先の管理アカウントの E メールアドレスが検証済みであること
    .name = E メールアドレスの検証
    .next = 移行先で検証してください。Organizations コンソールの設定 (Settings) で、検証リクエストを送信します。

# ポリシー
check-E14 = 移行元の SCP がアカウントによる承諾を許可していること
    .name = 移行元の SCP
    .next = アカウントの移行が終わるまで、移行元で、承諾するロールをポリシーの対象から除外するか、ポリシーをデタッチしてください。その後、もう一度評価してください。拒否されているのが LeaveOrganization だけであれば、先に 1 アカウントで移行を試してください。AWS のドキュメントの記載が矛盾しています。
check-E14-rcp = 移行元の RCP が、移行前の移行先からのアクセスを許可していること
    .name = 移行元の RCP
    .next = アカウントの移行が終わるまで、移行先の管理アカウントを移行元の RCP の対象から除外するか、ポリシーをデタッチしてください。その後、もう一度評価してください。それまで 38_prepare_access は完了できません。
check-E14-role = ロール自体のポリシーが承諾を許可していること
    .name = ロールのポリシー
    .next = "orgtools policies member-accept" が出力するポリシーをロールにアタッチしてから、もう一度評価してください。
check-E16-rcp = 移行先の RCP が、移行後のアカウントへのアクセスを許可していること
    .name = 移行先の RCP
    .next = migration.toml の [handover] で prepare = true を設定してください。移行先からアクセスできることを、移行前に確認できます。または、引き継ぎが終わるまで、移行元の管理アカウントを RCP の対象から除外してください。その後、もう一度評価してください。
check-D5 = 移行の前後で SCP と RCP が同じであること
    .name = 移行前後の SCP と RCP
    .next = 適用が終了するポリシーと、新たに適用されるポリシーを比較してください。アカウントに引き続き必要なものを、移行先の OU にアタッチしてください。
check-D6 = 移行の前後で、タグポリシー、バックアップポリシー、宣言型ポリシーなどが同じであること
    .name = 移行前後のその他のポリシー
    .next = { check-D5.next }

# アクセス
check-E15 = 承諾するロールを引き受けられること
    .name = 承諾するロール
    .next = アカウントにロールを作成し、呼び出し元を信頼するようにしてください。または、migration.toml の [access] で別のロールを指定してください。ほかの組織による sts:AssumeRole を拒否する RCP がないかどうかも確認してください。
check-E16 = 移行後に、移行先からアカウントにアクセスできること
    .name = 移行後のアクセス
    .next = アカウント内のロールが、移行先の管理アカウントも信頼するようにしてください。アクセスできることを移行前に確認するには、[handover] で prepare = true を設定し、38_prepare_access を実行してください。
check-E16-central = 移行先の新しいメンバーがルート認証情報を保持できること
    .name = ルートアクセスの一元管理
    .next = ルートユーザーによるアクセスを前提にせず、38_prepare_access でロールを準備してください。移行先では、IAM のルートアクセスの一元管理により、ルートパスワードの復旧を許可できます。
fine-E16-central = 移行先は、メンバーのルート認証情報を一元管理していません
check-E16-root = 各アカウントのルートユーザーを復旧できること
    .name = ルートユーザーの復旧
    .next = アカウントが移行元にあるうちに、ルートユーザーの E メールアドレスと代替連絡先を修正してください (account:StartPrimaryEmailUpdate)。1 つのアカウントで、サインインまたはパスワードの復旧を試してください。
check-D4 = Identity Center によるアクセスを失う人がいないこと
    .name = Identity Center の割り当て
    .next = 移行元の割り当ては終了します。移行後に移行先の Identity Center で同じ人に割り当てるか、83_restore で割り当てを復元してください ([restore] assignments)。
fine-D4 = このリージョンの Identity Center を通じてアカウントにアクセスしている人はいません

# Control Tower
check-E17 = アカウントが移行元の Control Tower の管理下にないこと
    .name = 移行元の Control Tower
    .next = 25_unenroll を開いてください。移行元の Control Tower からアカウントの登録を解除し、もう一度評価します。

# リージョン
check-E19 = アカウントで有効なすべてのリージョンが評価の対象であること
    .name = アカウントのリージョン
    .next = migration.toml から [assess] regions を削除するか、対象外のリージョンを追加してください。その後、もう一度評価してください。
check-E19-management = 両方の管理アカウントで有効なすべてのリージョンが評価の対象であること
    .name = 管理アカウントのリージョン
    .next = { check-E19.next }

# 請求
check-E18 = どちらの組織にも請求転送がないこと
    .name = 請求転送
    .next = 請求転送は、アカウントではなく組織に残ります。それぞれの組織の支払いを誰が行うかを確認してください。
fine-E18 = どちらの組織にも請求転送はありません
check-B1-reservations = 移行元のほかのアカウントが利用している予約を、アカウントが所有していないこと
    .name = 予約
    .next = 予約はアカウントとともに移行し、移行元は割引を受けられなくなります。請求の責任者に伝えてください。
fine-B1-reservations = ここでは、アカウントは予約を所有していません
check-B1-plans = 移行元のほかのアカウントが利用している Savings Plans を、アカウントが所有していないこと
    .name = Savings Plans
    .next = Savings Plans はアカウントとともに移行し、移行元は割引を受けられなくなります。請求の責任者に伝えてください。
fine-B1-plans = アカウントは Savings Plans を所有していません
check-B1-sharing = アカウントが移行元のほかのアカウントの割引を利用していないこと
    .name = 共有された割引
    .next = 割引なしの料金、または移行先自体の予約や Savings Plans を見込んで、予算を立ててください。
check-B2-reports = 移行によってアカウントがなくなるコストレポートが、移行元にないこと
    .name = コストレポート
    .next = 今後も必要な請求レポートとコスト履歴を、先にダウンロードしてください。移行後のアカウントからは、移行元にあったときのものを参照できません。移行元のレポートの利用者には、これらのアカウントがレポートからなくなることを伝えてください。移行先に同じレポートを作成してください。
fine-B2-reports = 移行元の管理アカウントにコストレポートはありません
check-B2-budgets = アカウントを指定している予算が移行元にないこと
    .name = 予算
    .next = 移行先に予算を作成し、移行元の予算からアカウントを削除してください。
check-B2-categories = アカウントを指定しているコストカテゴリが移行元にないこと
    .name = コストカテゴリ
    .next = 移行先にコストカテゴリを作成し、移行元のルールからアカウントを削除してください。
check-B2-tags = 移行元のコスト配分タグが移行先でも有効であること
    .name = コスト配分タグ
    .next = 移行先の管理アカウントで有効にするか、83_restore で有効にしてください ([restore] cost_tags)。タグが付くのは、有効にした後のコストだけです。
check-B3-pricing = 個別の料金契約やクレジットが失われないこと
    .name = 個別の料金契約とクレジット
    .next = 最初のアカウントを移行する前に、条件を AWS の担当チームと合意してください。
check-B3-tax = 両方の組織の税設定の継承が同じであること
    .name = 税設定の継承
    .next = 税務登録情報を管理する担当者に確認し、移行先での最初の請求の前に、アカウントに設定してください。
check-B3-support = 移行先のサポートプランが移行元と同等以上であること
    .name = サポートプラン
    .next = 移行前に移行先のサポートプランをアップグレードするか、サポートを利用しているチームに伝えてください。
check-B4 = スタンドアロンアカウントになれるように、アカウント自体の支払い方法があること
    .name = 支払い方法
    .next = ルートユーザーとしてアカウントにサインインし、支払い方法を追加してください。または、支払い方法のいらない直接移行を計画してください。

# StackSet
check-D1 = アカウントが離脱したときにスタックを削除する StackSet がないこと
    .name = 移行元の StackSet
    .next = StackSet の自動デプロイの設定で、アカウントの削除時にスタックを保持するようにしてください。または、そのスタックが誰にも必要ないことを確認してください。その後、もう一度評価してください。
fine-D1 = アカウントにスタックを持つ移行元の StackSet はありません
check-D2 = アカウントが参加したときにデプロイする StackSet がないこと
    .name = 移行先の StackSet
    .next = これらのスタックがアカウントにデプロイされます。アカウントにすでにあるスタックと名前が重複しないかどうかを確認してください。

# 共有
check-D3 = 移行によって終了するリソース共有がないこと
    .name = リソース共有
    .next = 組織外のプリンシパルを許可し、アカウント ID を指定して共有するよう、共有の所有者に依頼してください。または、離脱したアカウントを保持する新しい共有を作成してください。アカウント自体の共有では、利用しているアカウントの ID を指定してください。その後、もう一度評価してください。移行後、所有者からの招待は 83_restore で承諾できます ([restore] shares)。
fine-D3 = アカウントは AWS RAM で何も共有しておらず、共有されてもいません
check-D12-backup = 移行元のアカウント間でバックアップをコピーしていないこと
    .name = クロスアカウントバックアップ
    .next = 移行先でクロスアカウントバックアップを有効にし、コピールールのコピー先を移行先のボールトにしてください。AWS Backup では、組織をまたぐコピーはできません。
fine-D12-backup = 移行元は、アカウント間でバックアップをコピーしていません
check-D12-ipam = アカウントがほかのアカウントの IPAM プールを使用していないこと
    .name = IPAM プール
    .next = 移行先のプールをアカウントと共有してください。割り当て済みのアドレスはそのまま使えますが、元のプールから新しいアドレスは割り当てられません。
fine-D12-ipam = アカウントは、ほかのアカウントの IPAM プールを使用していません
check-D12-licenses = ほかのアカウントから付与されたライセンスがないこと
    .name = ライセンス
    .next = アカウント ID を指定して、または移行先で、ライセンスを付与し直すよう依頼してください。
fine-D12-licenses = アカウントに付与されたライセンスはありません
check-D12-portfolios = 組織を通じてアカウントと共有された Service Catalog ポートフォリオがないこと
    .name = Service Catalog ポートフォリオ
    .next = 移行先から、またはアカウント ID を指定して、ポートフォリオを共有してください。
fine-D12-portfolios = 組織を通じてアカウントと共有されたポートフォリオはありません
check-D13-images = アカウントが移行元の組織とイメージを共有していないこと
    .name = 共有イメージ
    .next = イメージを起動するアカウントと共有するか、移行先とも共有してください。
fine-D13-images = 移行元を指定しているアカウントのイメージはありません
check-D13-lists = アカウントがほかのアカウントのプレフィックスリストを使用していないこと
    .name = プレフィックスリスト
    .next = 移行先のプレフィックスリストを共有し、ルールとルートテーブルで使用している元のリストを置き換えてください。
fine-D13-lists = アカウントは、ほかのアカウントのプレフィックスリストを使用していません
check-D13-endpoints = アカウントのエンドポイントサービスが移行元の組織を許可していないこと
    .name = エンドポイントサービス
    .next = 移行前に、接続するアカウントを ID でも許可してください。
fine-D13-endpoints = 移行元を指定しているアカウントのエンドポイントサービスはありません

# 移行元の組織を指定しているポリシー
-name-both = 移行前に、ステートメントで両方の組織を指定してください。検出結果に提案があります。移行後に、元の組織を削除してください。
check-D7-accesspoints = 移行元の組織を指定しているアクセスポイントポリシーがないこと
    .name = アクセスポイントポリシー
    .next = { -name-both }
check-D7-acm-pca = 移行元の組織を指定しているプライベート認証機関のポリシーがないこと
    .name = プライベート認証機関のポリシー
    .next = { -name-both }
check-D7-apigateway = 移行元の組織を指定している REST API またはドメイン名のポリシーがないこと
    .name = API Gateway のポリシー
    .next = { -name-both }
check-D7-backup = 移行元の組織を指定しているバックアップボールトのポリシーがないこと
    .name = バックアップボールトのポリシー
    .next = { -name-both }
check-D7-codeartifact = 移行元の組織を指定している CodeArtifact のポリシーがないこと
    .name = CodeArtifact のポリシー
    .next = { -name-both }
check-D7-dynamodb = 移行元の組織を指定している DynamoDB テーブルのポリシーがないこと
    .name = DynamoDB テーブルのポリシー
    .next = { -name-both }
check-D7-ecr = 移行元の組織を指定しているレジストリまたはリポジトリのポリシーがないこと
    .name = ECR のポリシー
    .next = { -name-both }
check-D7-efs = 移行元の組織を指定しているファイルシステムポリシーがないこと
    .name = ファイルシステムポリシー
    .next = { -name-both }
check-D7-events = 移行元の組織を指定しているイベントバスのポリシーがないこと
    .name = イベントバスのポリシー
    .next = { -name-both }
check-D7-glacier = 移行元の組織を指定している Glacier ボールトのポリシーがないこと
    .name = Glacier ボールトのポリシー
    .next = { -name-both }
check-D7-glue = 移行元の組織を指定している Data Catalog のポリシーがないこと
    .name = Data Catalog のポリシー
    .next = { -name-both }
check-D7-iam = 移行元の組織を指定している IAM の信頼ポリシー、管理ポリシー、インラインポリシーがないこと
    .name = IAM のポリシー
    .next = { -name-both }
check-D7-kafka = 移行元の組織を指定している MSK クラスターのポリシーがないこと
    .name = MSK クラスターのポリシー
    .next = { -name-both }
check-D7-kinesis = 移行元の組織を指定している Kinesis ストリームまたはコンシューマーのポリシーがないこと
    .name = Kinesis のポリシー
    .next = { -name-both }
check-D7-kms = 移行元の組織を指定しているキーポリシーがないこと
    .name = キーポリシー
    .next = { -name-both }
check-D7-lambda = 移行元の組織を指定している関数またはレイヤーのポリシーがないこと
    .name = Lambda のポリシー
    .next = { -name-both }
check-D7-logs = 移行元の組織を指定している CloudWatch Logs のポリシーがないこと
    .name = CloudWatch Logs のポリシー
    .next = { -name-both }
check-D7-oam = 移行元の組織を指定しているモニタリングシンクのポリシーがないこと
    .name = モニタリングシンクのポリシー
    .next = { -name-both }
check-D7-opensearch = 移行元の組織を指定している OpenSearch ドメインのポリシーがないこと
    .name = OpenSearch ドメインのポリシー
    .next = { -name-both }
check-D7-s3 = 移行元の組織を指定しているバケットポリシーがないこと
    .name = バケットポリシー
    .next = { -name-both }
check-D7-s3tables = 移行元の組織を指定しているテーブルバケットまたはテーブルのポリシーがないこと
    .name = S3 Tables のポリシー
    .next = { -name-both }
check-D7-s3vectors = 移行元の組織を指定しているベクトルバケットのポリシーがないこと
    .name = ベクトルバケットのポリシー
    .next = { -name-both }
check-D7-schemas = 移行元の組織を指定しているスキーマレジストリのポリシーがないこと
    .name = スキーマレジストリのポリシー
    .next = { -name-both }
check-D7-secretsmanager = 移行元の組織を指定しているシークレットのポリシーがないこと
    .name = シークレットのポリシー
    .next = { -name-both }
check-D7-ses = 移行元の組織を指定している送信承認ポリシーがないこと
    .name = 送信承認ポリシー
    .next = { -name-both }
check-D7-sns = 移行元の組織を指定しているトピックのポリシーがないこと
    .name = トピックのポリシー
    .next = { -name-both }
check-D7-sqs = 移行元の組織を指定しているキューのポリシーがないこと
    .name = キューのポリシー
    .next = { -name-both }
check-D7-ssm = 移行元の組織を指定しているパラメータのポリシーがないこと
    .name = パラメータのポリシー
    .next = { -name-both }
check-D7-streams = 移行元の組織を指定している DynamoDB ストリームのポリシーがないこと
    .name = DynamoDB ストリームのポリシー
    .next = { -name-both }
check-D7-vpc = 移行元の組織を指定している VPC エンドポイントポリシーがないこと
    .name = VPC エンドポイントポリシー
    .next = { -name-both }
check-D7-vpc-lattice = 移行元の組織を指定している VPC Lattice の認証ポリシーがないこと
    .name = VPC Lattice のポリシー
    .next = { -name-both }
check-D7-xray = 移行元の組織を指定している X-Ray のポリシーがないこと
    .name = X-Ray のポリシー
    .next = { -name-both }
check-D7-others = 移行元のほかのアカウントに、移行元の組織を指定しているポリシーがないこと
    .name = ほかのアカウントのポリシー
    .next = migration.toml の [assess] で others = true を設定してから、もう一度評価してください。または、計画したアカウントが利用しているリソースの所有者に確認してください。

# サービス
check-D8 = 移行元で信頼されたアクセスが有効なすべてのサービスが、移行先でも有効であること
    .name = 信頼されたアクセス
fine-D8 = 移行元で信頼されたアクセスが有効なすべてのサービスが、移行先でも有効です
check-D8-arrival = 移行先に参加したときに、二重に課金されるサービスが有効にならないこと
    .name = 参加によって有効になるサービス
    .next = 新しいメンバーで有効になるサービスを移行先で確認し、その料金を予算に見込んでください。アカウントですでに料金が発生しているサービスは、移行後に無効にしてください。
fine-D8-arrival = 新しいメンバーで有効になる可能性のあるサービスのうち、移行先で信頼されたアクセスが有効なものはありません
-new-administrator = これまでの検出結果は元の管理者に残ります。必要なものをエクスポートしてください。移行後に、移行先の管理者アカウントでアカウントを有効にしてください。
check-D11-accessanalyzer = 移行元がアカウントの IAM Access Analyzer を管理していないこと
    .name = IAM Access Analyzer
    .next = { -new-administrator }
fine-D11-accessanalyzer = ここでは、アカウントの IAM Access Analyzer を管理しているアカウントはありません
check-D11-detective = 移行元がアカウントの Detective を管理していないこと
    .name = Detective
    .next = { -new-administrator }
fine-D11-detective = ここでは、アカウントの Detective を管理しているアカウントはありません
check-D11-fms = 移行元がアカウントの Firewall Manager を管理していないこと
    .name = Firewall Manager
    .next = { -new-administrator }
fine-D11-fms = ここでは、アカウントの Firewall Manager を管理しているアカウントはありません
check-D11-guardduty = 移行元がアカウントの GuardDuty を管理していないこと
    .name = GuardDuty
    .next = { -new-administrator }
fine-D11-guardduty = ここでは、アカウントの GuardDuty を管理しているアカウントはありません
check-D11-inspector = 移行元がアカウントの Inspector を管理していないこと
    .name = Inspector
    .next = { -new-administrator }
fine-D11-inspector = ここでは、アカウントの Inspector を管理しているアカウントはありません
check-D11-macie = 移行元がアカウントの Macie を管理していないこと
    .name = Macie
    .next = { -new-administrator }
fine-D11-macie = ここでは、アカウントの Macie を管理しているアカウントはありません
check-D11-securityhub = 移行元がアカウントの Security Hub を管理していないこと
    .name = Security Hub
    .next = { -new-administrator }
fine-D11-securityhub = ここでは、アカウントの Security Hub を管理しているアカウントはありません

# 記録
check-D9 = アカウントのアクティビティが移行後も記録されること
    .name = CloudTrail
    .next = 移行先に組織の証跡があることを確認するか、移行前にアカウント自体の証跡を作成してください。
check-D10 = 登録を妨げる Config の設定レコーダーや配信チャネルがないこと
    .name = AWS Config
    .next = アカウントを登録する前に、管理対象の各リージョンで、アカウントの Config の設定レコーダー、配信チャネル、集約の認可を削除してください。移行先の OU が Control Tower の管理下になければ、対応は不要です。または、これらを許可するよう AWS サポートに依頼し、migration.toml の [control_tower] config_allowed にアカウントを追加してください。その場合、70_enroll が OU を登録します。

# タグ、契約、呼び出し元
check-D14 = アカウントのタグがアカウントとともに移行すること
    .name = アカウントのタグ
    .next = accounts.csv の tags 列に追加してください。アカウントに付けたタグは、離脱すると AWS によって削除されます。
check-D14-export = アカウントが失うものを、離脱する前にエクスポートすること
    .name = 離脱前のエクスポート
    .next = それでも 10_assess でエクスポートしておいてください。アカウントごとに数回の呼び出しで済みます。
check-D15 = アカウント自体の Artifact の契約があること
    .name = Artifact の契約
    .next = 移行前に、移行先の管理アカウント、またはアカウント自体で契約を承諾してください。
fine-D15 = 組織を通じてアカウントに適用されている契約はありません
check-D16 = アカウントに引き上げたクォータがないこと
    .name = 引き上げたクォータ
    .next = この一覧を保存しておき、移行後にクォータを確認してください。引き上げたクォータはアカウントに属するため、アカウントとともに移行するはずです。
fine-D16 = 過去 90 日間に引き上げられたクォータはありません
check-D17 = アカウント内から AWS Organizations を呼び出していないこと
    .name = AWS Organizations の呼び出し元
    .next = 呼び出し元の所有者に確認してください。移行後は、移行先の情報が返されるか、何も返されません。
check-D17-source = 移行元から AWS Organizations を呼び出していないこと
    .name = 移行元の呼び出し元
    .next = 移行するアカウントの情報が必要かどうかを、呼び出し元の所有者に確認してください。移行後に返されるのは、移行元に残るアカウントだけです。

# E1、E2: 状態と作成からの日数
account-active = ACTIVE です
account-not-active = { $state } です。移行できるのは ACTIVE のアカウントだけです
    .next = { check-E1.next }
account-invited-before = 移行元で作成されたのではなく、招待によって参加したアカウントです
account-created = { $created } に作成されました
account-created-alone = { $created } に作成されました。どの組織にも所属していません
account-too-young = { $created } に作成され、まだ 4 日経っていません。{ $until } から移行できます
    .next = { check-E2.next }

# E4、E5: アカウントの所属先
account-manages = { $organization } の管理アカウントです
    .next = { check-E4.next }
account-member-of = { $organization } のメンバーです
account-stand-alone = スタンドアロンアカウントです
account-in-destination = すでに移行先のメンバーです
account-in-source = 移行元のメンバーです
account-left = この移行で元の組織から離脱しました。招待を承諾するまではスタンドアロンアカウントです
account-alone = アカウントの応答では、どの組織にも所属していません。離脱する組織はありません
account-its-owners = 所属先はアカウント自体からしか確認できませんが、アクセスするのは所有者だけです
    .next = 所有者に確認してください。
account-not-asked = 所属先はアカウント自体からしか確認できませんが、アクセスできませんでした
    .next = migration.toml の [access] でアクセス方法を指定してから、もう一度評価してください。または、所有者に確認してください。
account-nowhere = 移行元にも移行先にも所属していません。アカウントからも所属先を確認できません
    .next = { check-E5.next }
account-elsewhere = アカウントの応答では、移行元でも移行先でもない { $organization } のメンバーです
    .next = { check-E5.next }
account-reports-member-of = アカウントの応答では、{ $organization } のメンバーです

# E6: 登録販売者
account-partitions-differ = 移行元と移行先のパーティションが異なります: { $partitions }
    .next = { check-E6.next }
seller-unknown = AWS は登録販売者を返していません
    .next = 両方の組織の請求書の発行元を手動で比較してください。
sellers-differ = アカウントと移行先の登録販売者が異なります: { $sellers }
    .next = { check-E6.next }
seller-same = アカウントと移行先の登録販売者は、どちらも { $sellers } です

# E7: 委任管理者
delegated-administrator = 移行元の委任管理者です
    .next = { check-E7.next }
delegated-administrator-of-nothing = 委任管理者ではありません
delegated-administrators-unread = 移行元の委任管理者が不明です
    .next = 移行元で organizations:ListDelegatedAdministrators を許可してから、もう一度評価してください。
delegated-administrators-unread-why = 移行元の委任管理者が不明です: { $why }
    .next = { delegated-administrators-unread.next }

# E3、E12、E17、E18: 組織
destination-unlisted = 移行先のアカウント一覧に、移行先の管理アカウントがありません
    .next = もう一度評価してください。
destination-created = 移行先の管理アカウントは { $created } に組織に参加しました
destination-too-young = 移行先の管理アカウントが組織に参加したのは { $created } で、まだ 7 日経っていません。移行先は { $until } から招待できます
    .next = { check-E3.next }
features-in-progress = 移行先では、すべての機能を有効にする処理が進行中です (ハンドシェイク { $handshake })
    .next = { check-E12.next }
features-missing = 移行先の機能セットは { $state } です。このため、移行先ではポリシーが適用されません
    .next = { check-E12.next }
features-all = 移行先では、すべての機能が有効です
landing-zone-none = このリージョンには、移行元のランディングゾーンがありません
baseline-none = Control Tower のベースラインは有効になっていません
baseline-governs = アカウントは Control Tower の管理下にあります ({ $baseline })
    .next = { check-E17.next }
baseline-of-shared-account = ランディングゾーンの共有アカウントです ({ $baseline })
    .next = ランディングゾーンに必要なアカウントです。accounts.csv から削除してください。
billing-transfer = { side-name }に請求転送があります (方向: { $kind }、状態: { $state })
    .next = { check-E18.next }

# E8.services、D8、E16.central: 組織のサービス
service-full = { $service } の上限は { $limit } アカウントです: メンバー { $members } + 保留中の招待 { $pending } + これから招待 { $more } = { $total }
    .next = { check-E8-services.next }
unit-too-large = { $unit } のアカウント数が { $total } になります。Control Tower が 1 つの OU で管理できるのは { $limit } アカウントまでです
    .next = { check-E8-services.next }
aggregators-slow = { $count } 件のアカウントが参加します。4.0 より前のランディングゾーンの Config アグリゲータで処理できる変更は、1 週間に { $limit } 件です
    .next = { check-E8-services.next }
services-trusted-by-source-only = { $services } の信頼されたアクセスは、移行元でのみ有効です。移行後、これらのサービスの対象から外れます
joining-enables = 参加すると、{ $services } が有効になることがあります。アカウントですでに利用している場合は、二重に課金されます
    .next = { check-D8-arrival.next }
root-managed-centrally = 移行先はルート認証情報を一元管理しています。このため、新しいメンバーにはルート認証情報がありません
    .next = { check-E16-central.next }

# E14、E16.rcp、D5、D6: アカウントに適用されるポリシー
policy-attached = { $policy } ({ $kind ->
    [SERVICE_CONTROL_POLICY] SCP
    [RESOURCE_CONTROL_POLICY] RCP
   *[other] { $kind }
} { $policy_id }、アタッチ先 { $place })
action-denied = { $why } が { $action } を拒否しています
action-perhaps-denied = { $why } が、ステートメントの条件によっては { $action } を拒否する可能性があります
action-not-allowed = { $place } のどの SCP も { $action } を許可していません
entering-denied = { $why } が、{ side-name }の管理アカウントによる sts:AssumeRole を拒否しています
entering-perhaps-denied = { $why } が、ステートメントの条件によっては、{ side-name }の管理アカウントによる sts:AssumeRole を拒否する可能性があります
scps-end-before = 先に離脱するため、承諾する時点で適用される SCP はありません
scps-none = アカウントに適用される SCP はありません
scps-allow = AcceptHandshake または LeaveOrganization を拒否する SCP はありません
accepting-denied = { $whys }
    .next = { check-E14.next }
leaving-denied = 移行を妨げる可能性があります (AWS のドキュメントの記載が矛盾しています。先に 1 アカウントで試してください): { $whys }
    .next = { check-E14.next }
destination-kept-out = { $whys }
    .next = { check-E14-rcp.next }
destination-let-in = 移行前の移行先からのアクセスを拒否する RCP はありません
destination-let-in-after = 移行後の移行先からのアクセスを拒否する RCP はありません
everybody-kept-out = 移行後は、誰もアカウントにアクセスできなくなります: { $whys }
    .next = { check-E16-rcp.next }
source-kept-out = 移行後にアクセスできるのは移行先だけです。移行先のアクセスは移行前に確認されます: { $whys }
source-perhaps-kept-out = { $whys }
    .next = { check-E16-rcp.next }
source-let-in-after = 移行先の RCP に、移行元からのアクセスを拒否するものはありません
policies-same = { $count ->
    [0] 該当するポリシーは、移行前も移行後も適用されません
   *[other] 移行の前後で同じポリシー { $count } 件が適用されます
}
policies-change = 移行によって適用されるポリシーが変わります (適用終了 { $missing } 件、新規適用 { $more } 件、変更なし { $count } 件)
    .next = { check-D5.next }

# E14.role、E15、E16: アカウントへのアクセス方法
entrance-role = { $arn } を引き受けられます
entrance-permission-set = アクセス許可セット { $permission_set } で、Identity Center のセッションを開始できます
entrance-credentials = { $principal } の認証情報を使用できます
entrance-unanswered = { $why }
    .next = AWS から有効な応答がありませんでした。もう一度評価してください。
entrance-closed = { $why }
    .next = { $why_next }
entrance-not-needed = 移行先に参加済みです。承諾する招待はありません
entrance-its-owners = 所有者が招待を承諾します。この移行ではアカウントにアクセスしません
role-cannot-accept = { $arn } は AcceptHandshake を呼び出せません (IAM Policy Simulator: { $reason })
    .next = { check-E14-role.next }
role-cannot-leave = { $arn } は LeaveOrganization を呼び出せません (IAM Policy Simulator: { $reason })。AWS がこのアクセス許可を要求する可能性があります
    .next = { check-E14-role.next }
role-can-accept = ロール自体のポリシーは、AcceptHandshake と LeaveOrganization を許可しています
destination-trusted = { $roles } がアカウント { $account } を信頼しています
destination-not-trusted = アカウント { $account } を信頼するロールがありません。このため、移行後に移行先からアクセスできません
    .next = 移行元からアクセスできるのは、移行先のポリシーが許可している場合だけです。E16.rcp (移行先の RCP) を参照してください。{ check-E16.next }

# E19: リージョン
regions-left-out = 有効なリージョンのうち { $count } 個が評価の対象外です: { $regions }
    .next = { check-E19.next }
regions-assessed = { $regions } を評価しました
regions-add = migration.toml の [assess] regions に { $region } を追加してから、もう一度評価してください。

# B1 から B3: 請求
reservations-owned = { $service } の予約を { $count } 件所有しています。予約はアカウントとともに移行します
    .next = { check-B1-reservations.next }
plan-owned = 1 時間あたり { $words } の { $kind } Savings Plans を所有しています。アカウントとともに移行します
    .next = { check-B1-plans.next }
plan-owned-until = 1 時間あたり { $words } の { $kind } Savings Plans を { $until } まで所有しています。アカウントとともに移行します
    .next = { check-B1-plans.next }
discounts-not-shared = 移行元は、予約や Savings Plans の割引をアカウントと共有していません
discounts-shared = 移行元は、予約や Savings Plans の割引をアカウントと共有しています。移行すると共有は終了します
    .next = { check-B1-sharing.next }
cost-reports-lose = 移行元のコストレポート { $count } 件から、これらのアカウントがなくなります
    .next = { check-B2-reports.next }
budget-names = 移行元の予算 { $name } がアカウントを指定しています
    .next = { check-B2-budgets.next }
budgets-clean = { $count ->
    [0] 移行元に予算はありません
   *[other] 移行元の予算 { $count } 件のうち、アカウントを指定しているものはありません
}
cost-category-names = 移行元のコストカテゴリ { $name } がアカウントを指定しています
    .next = { check-B2-categories.next }
cost-categories-clean = { $count ->
    [0] 移行元にコストカテゴリはありません
   *[other] 移行元のコストカテゴリ { $count } 件のうち、アカウントを指定しているものはありません
}
cost-tags-missing = { $count } 個のコスト配分タグが、移行元でのみ有効です
    .next = { check-B2-tags.next }
cost-tags-active = { $count ->
    [0] 移行元に有効なコスト配分タグはありません
   *[other] 移行元で有効なコスト配分タグ { $count } 個は、すべて移行先でも有効です
}
tax-inheritance-same = 両方の組織の税設定の継承は { $setting } です
tax-inheritance-differs = 移行元と移行先で税設定の継承が異なります: { $settings }
    .next = { check-B3-tax.next }
support-severities-missing = 移行元のサポートプランにあるケースの重要度 { $severities } が、移行先のサポートプランにありません
    .next = { check-B3-support.next }
support-severities-same = { $count ->
    [0] 移行元のサポートプランでは、ケースの重要度を選べません
   *[other] 移行元のサポートプランにあるケースの重要度は、すべて移行先のサポートプランにもあります
}

# D1、D2: StackSet
stackset-continues = アカウントが StackSet { $name } のロールを信頼している限り、移行後も { $count } 個のスタックが引き続き管理されます
stackset-does-not-deploy = StackSet { $name } は自動デプロイが無効です。{ $count } 個のスタックはアカウントに残り、管理されなくなります
stackset-retains = StackSet { $name } はスタックを保持する設定です。{ $count } 個のスタックはアカウントに残り、管理されなくなります
stackset-deletes = アカウントが離脱すると、StackSet { $name } がアカウントの { $count } 個のスタックを削除します
    .next = { check-D1.next }
stackset-deploys = アカウントが参加すると、StackSet { $name } が { $unit } を通じてデプロイします。対象は{ $count ->
    [0] StackSet のリージョンです
   *[other] { " " }{ $regions } です
}
    .next = { check-D2.next }
stackset-none-deploys = { $unit } とその上位に自動デプロイする移行先の StackSet はありません

# D4: Identity Center
assignments-end = 移行すると、Identity Center の { $count } 件の割り当てが終了します
    .next = { check-D4.next }
identity-center-unseen = 移行元の Identity Center のプライマリリージョン { $region } が評価の対象外です
    .next = { $then }

# D7.others: 移行元のほかのアカウント
other-account-closed = アカウントにアクセスできませんでした
    .next = そのアカウントで、[access] のロールが移行元の管理アカウントを信頼するようにしてください。または、アカウントのポリシーを手動で確認してください。
others-unseen = 移行元のほかのアカウント { $count } 件を評価していません
    .next = { check-D7-others.next }
others-none = 移行元にほかのアカウントはありません
others-clean = 移行元のほかのアカウント { $count } 件を評価しました。移行元を指定しているポリシーはありません

# D9、D10: 記録
trail-stops = 組織の証跡 { $name } によるアカウントの記録が停止します。{ $count ->
    [0] アカウント自体の証跡はありません
   *[other] アカウント自体の証跡 { $count } 件は継続します
}
    .next = { check-D9.next }
trails-continue = アカウント自体の証跡 { $count } 件は継続します。ここでアカウントを記録している組織の証跡はありません
trails-none = ここでアカウントを記録している証跡はありません。停止する証跡もありません
config-resources = AWS Config のリソースがあります (設定レコーダー { $recorders } 件、配信チャネル { $channels } 件、集約の認可 { $authorizations } 件)
config-allowed = { $why }。migration.toml の設定では、AWS サポートの許可を得ています
config-in-the-way = { $why }。このため、移行先の Control Tower に登録できません
    .next = { check-D10.next }
config-perhaps-in-the-way = { $why }。移行先に Control Tower があるかどうかは不明です
    .next = 移行先の呼び出し元に controltower:ListLandingZones を許可してから、もう一度評価してください。
config-stays = { $why }。移行後もそのまま残ります
config-resources-none = 登録を妨げる AWS Config の設定レコーダー、配信チャネル、集約の認可はありません
config-rules-removed = 移行すると、組織の Config ルール { $rules } 件とコンフォーマンスパック { $packs } 件がアカウントから削除されます
    .next = 移行先からデプロイしてください。
config-aggregated = アカウント { $account } は、このアカウントの AWS Config データを集約できます。移行後も同じです

# D11: セキュリティサービス
administers-itself = 移行元の { $service } の委任管理者です。移行すると委任は終了します
    .next = { check-D11-guardduty.next }
administered-by = アカウント { $account } が { $service } の管理者です。移行すると管理は終了します
    .next = { check-D11-guardduty.next }
analyzers-hidden = 組織のアナライザーはアカウントにありません。ほかのアカウントにある組織のアナライザーは、メンバーからは見えません
behavior-graphs-hidden = アカウントを招待した動作グラフはありません。組織の動作グラフは、メンバーからは見えません

# D12、D13、D15、D16: ほかのアカウントとの共有と契約
backups-copied = 移行元は、アカウント間でバックアップをコピーしています。離脱するアカウントとのコピーはできなくなります
    .next = { check-D12-backup.next }
address-pool-received = アカウント { $account } の IPAM プール { $name } を使用しています
    .next = { check-D12-ipam.next }
license-received = ほかのアカウントから付与されたライセンス { $name } を使用しています
    .next = { check-D12-licenses.next }
portfolio-received = 組織を通じて共有されたポートフォリオ { $name } を使用しています
    .next = { check-D12-portfolios.next }
image-shared = イメージ { $name } を移行元の組織と共有しています
    .next = { check-D13-images.next }
prefix-list-received = アカウント { $account } のプレフィックスリスト { $name } を使用しています
    .next = { check-D13-lists.next }
endpoint-service-admits = エンドポイントサービス { $name } が { $principal } を許可しています
    .next = { check-D13-endpoints.next }
agreement-inherited = 契約 { $name } は組織を通じて適用されています。移行すると適用されなくなります
    .next = { check-D15.next }
quotas-raised = 過去 90 日間に引き上げられた、または引き上げられた可能性のあるクォータが { $count } 件あります
    .next = 状態が CASE_CLOSED のものは、サポートケースを確認してください。{ check-D16.next }

# D14: タグ
tags-lost = { $total } 個のタグのうち { $count } 個が accounts.csv になく、失われます
    .next = { check-D14.next }
tags-kept = { $total } 個のタグはすべて accounts.csv にあります
tags-none = タグはありません

# D17: AWS Organizations の呼び出し元
callers-found = 過去 90 日間に、アカウント内の { $count } 件の呼び出し元が AWS Organizations を呼び出しました
    .next = { check-D17.next }
callers-none = 過去 90 日間に、アカウント内から AWS Organizations の呼び出しはありませんでした
callers-in-source-found = 過去 90 日間に、移行元の管理アカウント内の { $count } 件の呼び出し元が AWS Organizations を呼び出しました
    .next = { check-D17-source.next }
callers-in-source-none = 過去 90 日間に、移行元の管理アカウント内から AWS Organizations の呼び出しはありませんでした
