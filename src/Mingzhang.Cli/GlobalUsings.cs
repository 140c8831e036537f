global using Mingzhang.Domain.Accounts;
global using Mingzhang.Domain.Billing;
global using Mingzhang.Domain.Ledger;
global using Mingzhang.Domain.Products;
global using Mingzhang.Domain.Purchases;
global using Mingzhang.Domain.Values;
