global using Mingzhang.Domain.Accounts;
